package dev.berth.node.application;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** A node from its start to its end. */
public final class Node {
  private static final Logger LOG = Logger.getLogger(Node.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final NodeRecovery recovery;
  private final EngineWatch watch;
  private final InstanceReporter reporter;
  private final TaskSupervisor supervisor;
  private final LatestRecords records;
  private final Workers workers;
  private final Supplier<InstanceReporter.Offer> offer;
  private final Duration reconcileInterval;
  private final CompletableFuture<Void> recovered = new CompletableFuture<>();

  /**
   * @param offer asks the engine what the machine has to offer; may fail while it is away
   */
  public Node(
      NodeRecovery recovery,
      EngineWatch watch,
      InstanceReporter reporter,
      TaskSupervisor supervisor,
      LatestRecords records,
      Workers workers,
      Supplier<InstanceReporter.Offer> offer,
      Duration reconcileInterval) {
    this.recovery = recovery;
    this.watch = watch;
    this.reporter = reporter;
    this.supervisor = supervisor;
    this.records = records;
    this.workers = workers;
    this.offer = offer;
    this.reconcileInterval = reconcileInterval;
  }

  /** Starts the node; what needs the engine waits until it answers. */
  public void start() {
    reporter.start();
    workers.looks().execute(this::recover);
  }

  /** Completes once the tasks of earlier processes were adopted; assignments wait for that. */
  public CompletionStage<Void> recovered() {
    return recovered.minimalCompletionStage();
  }

  public boolean isRecovered() {
    return recovered.isDone();
  }

  /**
   * The log that reports go to is there, for the first time or another one than before: all that
   * this node knows is told to it.
   */
  public void logChanged(String identity) {
    var unused =
        recovered.thenRun(
            () -> {
              supervisor.reportAll();
              reporter.logIs(identity);
            });
  }

  /**
   * Ends the node and leaves its containers running.
   *
   * @param atMost how long to wait for the last records to be written
   */
  public void stop(Duration atMost) {
    watch.stop();
    reporter.stopping();
    long end = System.nanoTime() + atMost.toNanos();
    CompletableFuture<Void> written = new CompletableFuture<>();
    var poll =
        workers
            .timer()
            .scheduleAtFixedRate(
                () -> {
                  if (records.waiting() == 0 || System.nanoTime() > end) {
                    written.complete(null);
                  }
                },
                0,
                20,
                TimeUnit.MILLISECONDS);
    written
        .orTimeout(atMost.toMillis() + 100, TimeUnit.MILLISECONDS)
        .exceptionally(e -> null)
        .join();
    poll.cancel(false);
    workers.close();
  }

  private void recover() {
    try {
      InstanceReporter.Offer known = offer.get();
      recovery.recover();
      watch.start();
      reporter.offer(known);
      var unused =
          workers
              .timer()
              .scheduleWithFixedDelay(
                  watch::reconcile,
                  reconcileInterval.toMillis(),
                  reconcileInterval.toMillis(),
                  TimeUnit.MILLISECONDS);
      recovered.complete(null);
    } catch (RuntimeException e) {
      LOG.warnf("The container engine does not answer, waiting for it: %s", e.getMessage());
      LOG.debug("The cause", e);
      retry();
    }
  }

  private void retry() {
    try {
      var unused =
          workers
              .timer()
              .schedule(
                  () -> workers.looks().execute(this::recover),
                  RETRY.toMillis(),
                  TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The node is shutting down", e);
    }
  }
}

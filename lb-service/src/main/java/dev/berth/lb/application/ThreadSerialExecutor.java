package dev.berth.lb.application;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A serial executor on one thread. */
public final class ThreadSerialExecutor implements SerialExecutor {
  private static final Logger LOG = Logger.getLogger(ThreadSerialExecutor.class);

  private final ScheduledExecutorService thread;

  /**
   * @param thread an executor of exactly one thread
   */
  public ThreadSerialExecutor(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  @Override
  public void execute(Runnable action) {
    schedule(action, Duration.ZERO);
  }

  @Override
  public void schedule(Runnable action, Duration delay) {
    try {
      var unused =
          thread.schedule(
              () -> {
                try {
                  action.run();
                } catch (RuntimeException e) {
                  // One action's failure must not be the next one's.
                  LOG.error("An action of the balancer failed", e);
                }
              },
              delay.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The balancer is stopping", e);
    }
  }
}

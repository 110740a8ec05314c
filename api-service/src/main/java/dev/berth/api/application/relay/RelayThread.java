package dev.berth.api.application.relay;

import dev.berth.api.application.port.CommitSignal;
import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.config.RelayConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread of the relay: it creates the topics, waits for the lease, relays, and begins anew
 * after whatever went wrong, for as long as the process lives.
 */
@ApplicationScoped
public class RelayThread implements CommitSignal {
  private static final Logger LOG = Logger.getLogger(RelayThread.class);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

  private final RelayConfig config;
  private final RelayLeases leases;
  private final DesiredLog log;
  private final OutboxRelay relay;
  private final SystemOfRecord database;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile boolean stopping;

  /** Of the relay's thread only; forgotten after whatever went wrong. */
  private boolean topicsThere;

  /** Of the relay's thread only; short again once all that waited is published. */
  private Duration backOff = FIRST_BACK_OFF;

  private Thread thread;

  public RelayThread(
      RelayConfig config,
      RelayLeases leases,
      DesiredLog log,
      OutboxRelay relay,
      SystemOfRecord database) {
    this.config = config;
    this.leases = leases;
    this.log = log;
    this.relay = relay;
    this.database = database;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled()) {
      thread = Thread.ofPlatform().name("outbox-relay").daemon(true).start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    wake();
    if (thread != null) {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    }
  }

  @Override
  public void committed() {
    wake();
  }

  /** Something was committed that has to be published. Neither blocks nor throws. */
  public void wake() {
    if (wakeUps.availablePermits() == 0) {
      wakeUps.release();
    }
  }

  private void run() {
    while (!stopping) {
      try {
        if (!relayWhileLeading()) {
          pause(config.pollInterval());
        }
      } catch (RuntimeException e) {
        topicsThere = false;
        if (!stopping) {
          LOG.warnf("The relay begins anew in %s: %s", backOff, e);
          LOG.debug("The relay failed", e);
          pause(backOff);
          backOff = backOff.multipliedBy(2);
          backOff = backOff.compareTo(MAX_BACK_OFF) > 0 ? MAX_BACK_OFF : backOff;
        }
      }
    }
  }

  /** Relays if the lease is free; answers whether it was. */
  private boolean relayWhileLeading() {
    if (!topicsThere) {
      log.ensureTopics();
      topicsThere = true;
    }
    if (!database.isReady()) {
      return false;
    }
    Optional<RelayLease> acquired = leases.tryAcquire();
    if (acquired.isEmpty()) {
      return false;
    }
    try (RelayLease lease = acquired.get();
        DesiredLog.Writer writer = log.open()) {
      LOG.info("This process relays the outbox");
      relay.serve(
          lease,
          log,
          writer,
          config.batchSize(),
          config.identityCheckInterval(),
          () -> {
            backOff = FIRST_BACK_OFF;
            pause(config.pollInterval());
            return !stopping;
          });
    }
    return true;
  }

  /** Waits for a wake-up, at most for {@code atMost}. */
  private void pause(Duration atMost) {
    try {
      if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        wakeUps.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
    }
  }
}

package dev.berth.api.application.relay;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.application.relay.RelayLeases.OutboxDepth;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** How much waits in the outbox, and for how long. */
@ApplicationScoped
public class OutboxGauge {
  private static final Logger LOG = Logger.getLogger(OutboxGauge.class);

  private final RelayLeases leases;
  private final SystemOfRecord database;
  private volatile OutboxDepth depth = new OutboxDepth(0, 0);

  public OutboxGauge(RelayLeases leases, SystemOfRecord database, MeterRegistry metrics) {
    this.leases = leases;
    this.database = database;
    metrics.gauge("berth_outbox_depth", this, gauge -> gauge.depth.rows());
    metrics.gauge("berth_outbox_oldest_seconds", this, gauge -> gauge.depth.oldestMillis() / 1e3);
  }

  /** What was measured last, a few seconds ago at most while the database answers. */
  public OutboxDepth depth() {
    return depth;
  }

  @Scheduled(
      every = "${berth.relay-gauge-interval:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void measure() {
    if (!database.isReady()) {
      return;
    }
    try {
      depth = leases.depth();
    } catch (RuntimeException e) {
      LOG.debugf("The outbox can't be measured: %s", e.getMessage());
    }
  }
}

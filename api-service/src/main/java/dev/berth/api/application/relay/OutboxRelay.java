package dev.berth.api.application.relay;

import dev.berth.api.application.events.StoredEvent;
import dev.berth.api.application.port.DesiredStates.ResourceKey;
import dev.berth.contracts.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Carries outbox rows and public events to Kafka while it holds the lease: rows that wait are read,
 * the states of what they name are published as they are now, and the rows are removed.
 */
@ApplicationScoped
public class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final int REPUBLISH_PAGE = 500;

  /** What users want, in the order in which a new log is filled: whom to wait for comes first. */
  private static final List<Topic> DESIRED =
      List.of(
          Topic.CLUSTER_DESIRED,
          Topic.CONTAINER_INSTANCE_DESIRED,
          Topic.SERVICE_DESIRED,
          Topic.TASK_DESIRED,
          Topic.LOAD_BALANCER_DESIRED);

  private static final int NAMED_AT_ONCE = 10_000;

  private final RelayedStates states;
  private final Clock clock;
  private final Timer latency;
  private final Counter published;

  public OutboxRelay(RelayedStates states, Clock clock, MeterRegistry metrics) {
    this.states = states;
    this.clock = clock;
    this.latency = metrics.timer("berth_outbox_relay");
    this.published = metrics.counter("berth_outbox_published");
  }

  /**
   * Relays until told to stop. Any failure ends it: the caller gives the lease back and begins
   * anew.
   *
   * @param wait waits for a wake-up, or for the poll interval; false ends the relay
   */
  void serve(
      RelayLease lease,
      DesiredLog log,
      DesiredLog.Writer writer,
      int batchSize,
      Duration identityCheckInterval,
      BooleanSupplier wait) {
    fillIfNew(log, writer);
    long checkAt = System.nanoTime() + identityCheckInterval.toNanos();
    boolean goOn = true;
    while (goOn) {
      boolean more = relayOnce(lease, writer, batchSize);
      if (System.nanoTime() - checkAt >= 0) {
        fillIfNew(log, writer);
        checkAt = System.nanoTime() + identityCheckInterval.toNanos();
      }
      goOn = more || wait.getAsBoolean();
    }
  }

  /**
   * Publishes one batch.
   *
   * @return whether there may be more
   */
  boolean relayOnce(RelayLease lease, DesiredLog.Writer writer, int batchSize) {
    List<OutboxEntry> rows = lease.outbox(batchSize);
    List<StoredEvent> events = lease.events(batchSize);
    if (rows.isEmpty() && events.isEmpty()) {
      return false;
    }
    long begun = System.nanoTime();
    List<DesiredLog.Entry> entries = new ArrayList<>(OutboxBatch.of(rows, states::current, clock));
    events.forEach(event -> entries.add(OutboxBatch.entry(event)));
    writer.write(entries);
    long took = System.nanoTime() - begun;
    rows.forEach(
        row ->
            latency.record(
                TimeUnit.MILLISECONDS.toNanos(row.ageMillis()) + took, TimeUnit.NANOSECONDS));
    published.increment(entries.size());
    lease.published(rows, events.isEmpty() ? null : events.getLast().position());
    return rows.size() == batchSize || events.size() == batchSize;
  }

  /** Publishes everything desired again when the log isn't the one it was published to. */
  private void fillIfNew(DesiredLog log, DesiredLog.Writer writer) {
    String identity = log.identity();
    Optional<String> known = states.publishedLog();
    if (known.isPresent() && known.get().equals(identity)) {
      return;
    }
    LOG.infof(
        "The log is %s, everything desired was published to %s: publishing it again",
        identity, known.orElse("none"));
    if (known.isPresent()) {
      LOG.infof("%d tasks were known from the old log only", states.forgetHearsay());
      int named;
      do {
        named = states.nameWhatRuns(NAMED_AT_ONCE);
      } while (named == NAMED_AT_ONCE);
    }
    int count = 0;
    for (Topic topic : DESIRED) {
      count += fill(topic, writer);
    }
    states.publishedTo(identity);
    LOG.infof("Published %d desired records to log %s", count, identity);
  }

  private int fill(Topic topic, DesiredLog.Writer writer) {
    int count = 0;
    String after = null;
    List<ResourceKey> page;
    do {
      page = states.page(topic, after, REPUBLISH_PAGE);
      List<OutboxEntry> rows =
          page.stream()
              .map(key -> new OutboxEntry(0, topic, key.key(), key.partitionKey(), 0))
              .toList();
      if (!rows.isEmpty()) {
        writer.write(OutboxBatch.of(rows, states::current, clock));
        after = page.getLast().key();
        count += page.size();
      }
    } while (page.size() == REPUBLISH_PAGE);
    return count;
  }
}

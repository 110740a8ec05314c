package dev.berth.api.application.fold;

import dev.berth.api.application.port.SystemOfRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs folds: one transaction each, tried again for as long as the database is away, and told about
 * once committed. Only content that the database refuses fails.
 */
@ApplicationScoped
public class Folding {
  private static final Logger LOG = Logger.getLogger(Folding.class);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

  private final SystemOfRecord database;
  private final FoldTransactions transactions;
  private final FoldSignals signals;
  private final MeterRegistry metrics;

  public Folding(
      SystemOfRecord database,
      FoldTransactions transactions,
      FoldSignals signals,
      MeterRegistry metrics) {
    this.database = database;
    this.transactions = transactions;
    this.signals = signals;
    this.metrics = metrics;
  }

  /**
   * Folds a batch.
   *
   * @param name the topic's short name, for the log and the metrics
   */
  Uni<Void> run(String name, Function<FoldRows, Uni<FoldEffects>> work) {
    return database
        .whenReady()
        .chain(
            () -> {
              long begun = System.nanoTime();
              return transactions
                  .inTransaction(work)
                  .invoke(
                      () -> timer(name).record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
            })
        .onFailure(e -> !(e instanceof UnfoldableException))
        .invoke(e -> LOG.warnf("Folding %s will be tried again: %s", name, e.getMessage()))
        .onFailure(e -> !(e instanceof UnfoldableException))
        .retry()
        .withBackOff(FIRST_BACK_OFF, MAX_BACK_OFF)
        .indefinitely()
        .invoke(this::tell)
        .replaceWithVoid();
  }

  private void tell(FoldEffects effects) {
    if (effects.eventsAppended()) {
      signals.eventsAppended();
    }
    if (!effects.decided().isEmpty()) {
      signals.decided(effects.decided());
    }
  }

  private Timer timer(String name) {
    return metrics.timer("berth_fold", "topic", name);
  }
}

package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.CommitSignal;
import dev.berth.api.application.port.Transactions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.function.Supplier;

/** Units of work over the session of the current request. */
@ApplicationScoped
public class PanacheTransactions implements Transactions {
  private final Instance<CommitSignal> signals;

  public PanacheTransactions(Instance<CommitSignal> signals) {
    this.signals = signals;
  }

  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return Panache.withTransaction(work).invoke(() -> signals.forEach(CommitSignal::committed));
  }

  @Override
  public <T> Uni<T> reading(Supplier<Uni<T>> work) {
    return Panache.withTransaction(work);
  }
}

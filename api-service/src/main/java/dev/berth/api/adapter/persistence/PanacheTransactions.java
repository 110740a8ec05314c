package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.CommitSignal;
import dev.berth.api.application.port.Transactions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.function.Supplier;
import org.hibernate.FlushMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Units of work over the session of the current request. */
@ApplicationScoped
public class PanacheTransactions implements Transactions {
  private final Instance<CommitSignal> signals;

  public PanacheTransactions(Instance<CommitSignal> signals) {
    this.signals = signals;
  }

  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return Panache.withTransaction(
            () ->
                Panache.getSession()
                    .invoke(PanacheTransactions::requireWritable)
                    .chain(session -> work.get()))
        .invoke(() -> signals.forEach(CommitSignal::committed));
  }

  /**
   * Rows that are only read need no copy to be compared with later, no comparison before each
   * query, and no transaction around them: at the usual isolation it would not make two queries see
   * the same state either.
   */
  @Override
  public <T> Uni<T> reading(Supplier<Uni<T>> work) {
    return Panache.withSession(
        () ->
            Panache.getSession()
                .invoke(PanacheTransactions::readOnlyUnlessWithin)
                .chain(session -> work.get()));
  }

  private static void readOnlyUnlessWithin(Mutiny.Session session) {
    if (session.currentTransaction() == null) {
      session.setDefaultReadOnly(true).setFlushMode(FlushMode.MANUAL);
    }
  }

  private static void requireWritable(Mutiny.Session session) {
    if (session.isDefaultReadOnly()) {
      throw new IllegalStateException(
          "A transaction amid reads: what it changes would not be written");
    }
  }
}

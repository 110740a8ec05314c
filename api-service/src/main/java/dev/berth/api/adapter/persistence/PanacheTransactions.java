package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.Transactions;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Units of work over the session of the current request. */
@ApplicationScoped
public class PanacheTransactions implements Transactions {
  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return Panache.withTransaction(work);
  }

  @Override
  public <T> Uni<T> reading(Supplier<Uni<T>> work) {
    return Panache.withTransaction(work);
  }
}

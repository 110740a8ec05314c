package dev.berth.api.application.port;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Units of work: everything done inside one commits together or not at all. */
public interface Transactions {
  /** Runs {@code work} in a transaction, joining the one that is already open here. */
  <T> Uni<T> inTransaction(Supplier<Uni<T>> work);

  /** Runs reads in one session without a transaction of their own. */
  <T> Uni<T> reading(Supplier<Uni<T>> work);
}

package dev.berth.api.application.fold;

import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Opens the transactions that batches are folded in. */
public interface FoldTransactions {
  /**
   * Runs {@code work} in one transaction.
   *
   * <p>Fails with {@link UnfoldableException} if the database refuses the content, and otherwise
   * with whatever kept the database from answering.
   */
  <T> Uni<T> inTransaction(Function<FoldRows, Uni<T>> work);
}

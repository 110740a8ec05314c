package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.FoldRows;
import dev.berth.api.application.fold.FoldTransactions;
import dev.berth.api.application.fold.UnfoldableException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.util.Set;
import java.util.function.Function;

/** One connection, one transaction, one batch. */
@ApplicationScoped
public class PostgresFoldTransactions implements FoldTransactions {
  /** SQLSTATE class "data exception": the content itself is refused. */
  private static final String DATA_EXCEPTION = "22";

  private static final Set<String> MISSING_OR_FORBIDDEN_VALUE = Set.of("23502", "23514");

  private final Pool pool;

  public PostgresFoldTransactions(Pool pool) {
    this.pool = pool;
  }

  @Override
  public <T> Uni<T> inTransaction(Function<FoldRows, Uni<T>> work) {
    return pool.withTransaction(connection -> work.apply(new PostgresFoldRows(connection)))
        .onFailure(PostgresFoldTransactions::isOfTheContent)
        .transform(e -> new UnfoldableException(e.toString(), e));
  }

  /**
   * Whether trying again can't help. What says nothing about its cause (a closed pool, a lost
   * connection, a timeout, a deadlock) counts as passing.
   */
  private static boolean isOfTheContent(Throwable e) {
    if (e instanceof PgException refused) {
      String state = refused.getSqlState();
      return state != null
          && (state.startsWith(DATA_EXCEPTION) || MISSING_OR_FORBIDDEN_VALUE.contains(state));
    }
    return e instanceof NullPointerException
        || e instanceof IllegalArgumentException
        || e instanceof ClassCastException
        || e instanceof DateTimeException;
  }
}

package dev.berth.api.adapter.persistence.fold;

import dev.berth.contracts.EventJson;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Statements over many rows, and the columns of rows. */
final class Sql {
  private final SqlConnection connection;

  Sql(SqlConnection connection) {
    this.connection = connection;
  }

  /** Runs a statement whose {@code $1} is the ids as an array. */
  Uni<RowSet<Row>> byIds(String sql, Collection<String> ids) {
    return connection
        .preparedQuery(sql)
        .execute(Tuple.of(ids.stream().distinct().sorted().toArray(String[]::new)));
  }

  /** Runs a statement with the given values. */
  Uni<RowSet<Row>> run(String sql, Object... values) {
    return connection.preparedQuery(sql).execute(Tuple.tuple(List.of(values)));
  }

  /** Runs a statement whose {@code $1} is the rows as the text of a JSON array. */
  <T> Uni<RowSet<Row>> withRows(
      String sql, Collection<T> rows, Function<T, Map<String, Object>> columns) {
    List<Map<String, Object>> array = new ArrayList<>(rows.size());
    rows.forEach(row -> array.add(columns.apply(row)));
    return connection.preparedQuery(sql).execute(Tuple.of(json(array)));
  }

  static String json(Object value) {
    return new String(EventJson.write(value), StandardCharsets.UTF_8);
  }

  /** The columns of one row in the order given; absent values are SQL nulls. */
  static Map<String, Object> columns(Object... namesAndValues) {
    Map<String, Object> columns = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return columns;
  }

  static <T> T document(Row row, String column, Class<T> type) {
    String text = row.getString(column);
    return text == null ? null : EventJson.read(text.getBytes(StandardCharsets.UTF_8), type);
  }

  static Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static <E extends Enum<E>> E name(Row row, String column, Class<E> type) {
    String name = row.getString(column);
    return name == null ? null : Enum.valueOf(type, name);
  }
}

package dev.berth.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies of one real service, with its tasks, deployments, revisions and events, straight into
 * api-service's tables. Nothing goes to the outbox: scheduler and nodes never hear of the copies.
 */
final class Population {
  /** What a copy of a service is called; its number has four digits. */
  static final String PREFIX = "bench-";

  private static final String COLUMNS =
      """
      select column_name, data_type from information_schema.columns
      where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'
        and (column_default is null or column_default not like 'nextval%')
      """;

  private final Connection database;
  private final String template;
  private final String serviceId;
  private final String deployment;

  /**
   * @param template the name of the service that is copied, once it is stable
   */
  Population(Connection database, String template) throws SQLException {
    this.database = database;
    this.template = template;
    try (PreparedStatement query =
        database.prepareStatement(
            """
            select id, replace(desired -> 'deployments' -> 0 ->> 'id', 'ecs-svc/', '')
            from services where name = ?
            """)) {
      query.setString(1, template);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        this.serviceId = row.getString(1);
        this.deployment = row.getString(2);
      }
    }
  }

  /**
   * Makes the copies.
   *
   * @param copies 1 to 9999
   * @return how many tasks they have
   */
  int copy(int copies) throws SQLException {
    database.setAutoCommit(false);
    copy("services", "id", copies, false);
    copy("service_deployments", "service_id", copies, false);
    copy("service_revisions", "service_id", copies, false);
    copy("service_events", "service_id", copies, true);
    int tasks = copy("tasks", "service_id", copies, true);
    database.commit();
    database.setAutoCommit(true);
    try (Statement statement = database.createStatement()) {
      statement.execute("analyze");
    }
    return tasks;
  }

  private int copy(String table, String ofService, int copies, boolean ownIds) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (PreparedStatement query = database.prepareStatement(COLUMNS)) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          columns.add(row.getString(1));
          values.add(value(row.getString(1), row.getString(2), ownIds));
        }
      }
    }
    try (PreparedStatement insert =
        database.prepareStatement(
            "insert into %s (%s) select %s from %s t cross join generate_series(1, ?) n where t.%s = ?"
                .formatted(
                    table,
                    String.join(", ", columns),
                    String.join(", ", values),
                    table,
                    ofService))) {
      insert.setInt(1, copies);
      insert.setString(2, serviceId);
      return insert.executeUpdate();
    }
  }

  /** The original's value with everything that must differ between services made its own. */
  private String value(String column, String type, boolean ownIds) {
    if (!type.equals("text") && !type.equals("jsonb")) {
      return "t." + column;
    }
    String text = "t." + column + "::text";
    text = "replace(%s, '%s', '%s' || lpad(n::text, 4, '0'))".formatted(text, template, PREFIX);
    text = "replace(%s, '%s', md5('%2$s' || n)::uuid::text)".formatted(text, serviceId);
    text = "replace(%s, '%s', (1000000000000000000 + n)::text)".formatted(text, deployment);
    if (ownIds) {
      text = "replace(%s, t.id, md5(t.id || n))".formatted(text);
    }
    return text + "::" + type;
  }
}

package dev.berth.api.adapter.persistence.fold;

import dev.berth.api.application.fold.DeploymentRows;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.contracts.service.ContainerImage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The tables {@code service_deployments} and {@code service_revisions}. */
final class PostgresDeploymentRows implements DeploymentRows {
  private static final String LOCK_OPEN =
      """
      select document::text as document from service_deployments
      where service_id = any($1) and finished_at is null order by number for update
      """;

  private static final String SAVE =
      """
      update service_deployments d set status = r.status, document = r.document,
        finished_at = r.finished_at
      from jsonb_to_recordset($1::text::jsonb)
        as r(arn text, status text, document jsonb, finished_at timestamptz)
      where d.arn = r.arn
      """;

  private static final String SAVE_IMAGES =
      """
      update service_revisions v
      set document = jsonb_set(v.document, '{containerImages}', r.images)
      from jsonb_to_recordset($1::text::jsonb) as r(arn text, images jsonb)
      where v.arn = r.arn and v.document -> 'containerImages' is distinct from r.images
      """;

  private final Sql sql;

  PostgresDeploymentRows(Sql sql) {
    this.sql = sql;
  }

  @Override
  public Uni<List<ServiceDeployment>> lockOpen(Collection<String> serviceIds) {
    if (serviceIds.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return sql.byIds(LOCK_OPEN, serviceIds)
        .map(
            rows -> {
              List<ServiceDeployment> open = new ArrayList<>();
              for (Row row : rows) {
                open.add(Sql.document(row, "document", ServiceDeployment.class));
              }
              return open;
            });
  }

  @Override
  public Uni<Void> save(Collection<ServiceDeployment> deployments) {
    if (deployments.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            SAVE,
            deployments,
            d ->
                Sql.columns(
                    "arn", d.arn(),
                    "status", d.status(),
                    "document", d,
                    "finished_at", d.finishedAt()))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> saveImages(Map<String, List<ContainerImage>> images) {
    if (images.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return sql.withRows(
            SAVE_IMAGES,
            images.entrySet(),
            one -> Sql.columns("arn", one.getKey(), "images", one.getValue()))
        .replaceWithVoid();
  }
}

package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.SystemOfRecord;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while PostgreSQL answers and is migrated. */
@Readiness
@ApplicationScoped
public class SystemOfRecordReady implements AsyncHealthCheck {
  private static final String NAME = "system-of-record";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SystemOfRecord systemOfRecord;
  private final Pool pool;

  public SystemOfRecordReady(SystemOfRecord systemOfRecord, Pool pool) {
    this.systemOfRecord = systemOfRecord;
    this.pool = pool;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    if (!systemOfRecord.isReady()) {
      return Uni.createFrom().item(HealthCheckResponse.down(NAME));
    }
    return pool.query("select 1")
        .execute()
        .replaceWith(HealthCheckResponse.up(NAME))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(
            failure ->
                HealthCheckResponse.named(NAME)
                    .down()
                    .withData("reason", String.valueOf(failure.getMessage()))
                    .build());
  }
}

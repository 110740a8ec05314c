package dev.berth.api.application.retention;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.application.retention.ExpiredRows.Kind;
import dev.berth.api.config.RetentionConfig;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Deletes what has expired, now and then; any replica may. */
@ApplicationScoped
public class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final int AT_ONCE = 2_000;

  private final ExpiredRows rows;
  private final SystemOfRecord database;
  private final Map<Kind, Duration> ages = new EnumMap<>(Kind.class);

  public Retention(ExpiredRows rows, SystemOfRecord database, RetentionConfig config) {
    this.rows = rows;
    this.database = database;
    ages.put(Kind.STOPPED_TASKS, config.stoppedTasks());
    ages.put(Kind.PUBLIC_EVENTS, config.events());
    ages.put(Kind.SERVICE_EVENTS, config.serviceEvents());
    ages.put(Kind.CLIENT_TOKENS, config.clientTokens());
    ages.put(Kind.INACTIVE_SERVICES, config.inactiveServices());
    ages.put(Kind.SERVICE_DEPLOYMENTS, config.serviceDeployments());
    ages.put(Kind.INACTIVE_INSTANCES, config.inactiveInstances());
    ages.put(Kind.DELETED_TASK_DEFINITIONS, config.deletedTaskDefinitions());
  }

  @Scheduled(
      every = "${berth.retention-interval:1m}",
      delayed = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> run() {
    if (!database.isReady()) {
      return Uni.createFrom().voidItem();
    }
    return deleteExpired()
        .onFailure()
        .invoke(e -> LOG.warnf("Deleting what expired will be tried again: %s", e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  /** Deletes all that has expired by now. */
  Uni<Void> deleteExpired() {
    return Multi.createFrom()
        .iterable(ages.keySet())
        .onItem()
        .transformToUniAndConcatenate(this::deleteAll)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Integer> deleteAll(Kind kind) {
    return rows.delete(kind, ages.get(kind), AT_ONCE)
        .chain(deleted -> deleted < AT_ONCE ? Uni.createFrom().item(deleted) : deleteAll(kind));
  }
}

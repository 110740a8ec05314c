package dev.berth.simulation;

import dev.berth.api.domain.fold.InstanceFold;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.OrphanRule;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.fold.ServiceStatusFold;
import dev.berth.api.domain.fold.TaskFold;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An api-service process: the domain's folds on the rows, and the relay of the outbox. The rows,
 * the outbox and the offsets it committed outlive it.
 */
final class ApiHost {
  private static final List<Topic> FOLDED =
      List.of(
          Topic.TASK_VERDICT,
          Topic.TASK_STATUS,
          Topic.SERVICE_STATUS,
          Topic.CONTAINER_INSTANCE_STATUS);
  private static final long RETENTION = 20 * Sim.MINUTE;

  private final Sim sim;
  private final SimLog log;
  private final Database database;
  private Life process = new Life("never started");
  private Consumer<ServiceRow> rolledBack = row -> {};
  private LogReader reader;
  private long[] committed = new long[FOLDED.size()];
  private boolean relaying;
  private long relayAgainAt;

  ApiHost(Sim sim, SimLog log, Database database) {
    this.sim = sim;
    this.log = log;
    this.database = database;
    // A group's offsets are lost with the log that keeps them.
    log.onReplaced(() -> committed = new long[FOLDED.size()]);
  }

  /** Hears of services whose deployment the scheduler went back from. */
  void onRollback(Consumer<ServiceRow> listener) {
    rolledBack = listener;
  }

  boolean isUp() {
    return !process.isOver();
  }

  LogReader reader() {
    return reader;
  }

  void kill() {
    sim.story().tell("api-service is killed");
    process.end();
  }

  void start() {
    process = new Life("api-service");
    relaying = false;
    reader = new LogReader(sim, process, log, () -> true, 30, this::fold, this::relaySoon);
    FOLDED.forEach(topic -> reader.add(log.parts(topic)[0]));
    reader.start(committed);
    every(5 * Sim.SECOND, () -> committed = reader.positions());
    every(2 * Sim.SECOND, this::relaySoon);
    every(5 * Sim.MINUTE, () -> database.expire(sim.now() - RETENTION));
  }

  private void every(long millis, Runnable action) {
    Life mine = process;
    sim.after(
        millis,
        mine,
        () -> {
          action.run();
          every(millis, action);
        });
  }

  /** Reads some of what it has read before, as after a change in its group. */
  void readAgain(long back) {
    long[] positions = reader.positions();
    for (int i = 0; i < positions.length; i++) {
      reader.seek(i, Math.max(0, positions[i] - back));
    }
  }

  /** Something was committed that has to be published. */
  void relaySoon() {
    if (!relaying && !process.isOver() && hasSomethingToRelay()) {
      relaying = true;
      long delay = Math.max(sim.dice().delay(15, 1_000), relayAgainAt - sim.now());
      sim.after(delay, process, this::relay);
    }
  }

  private boolean hasSomethingToRelay() {
    return !database.outbox().isEmpty() || !log.identity().equals(database.publishedLog());
  }

  private void relay() {
    relaying = false;
    if (!log.isReachable()) {
      relayAgainAt = sim.now() + Sim.SECOND;
      relaySoon();
      return;
    }
    String identity = log.identity();
    if (!identity.equals(database.publishedLog())) {
      sim.story().tell("api-service publishes everything to %s", identity);
      if (database.publishedLog() != null) {
        database.forgetHearsay();
        database.nameWhatRuns();
      }
      publish(database.everything());
      database.publishedTo(identity);
    }
    List<Database.Outgoing> rows = new ArrayList<>(database.outbox());
    List<Database.Outgoing> batch = rows.subList(0, Math.min(rows.size(), 200));
    publish(batch);
    // Its rows go once Kafka has answered; a process that dies before publishes them again.
    List<Database.Outgoing> done = List.copyOf(batch);
    relaying = true;
    sim.after(
        sim.dice().between(1, 10),
        process,
        () -> {
          relaying = false;
          database.published(done);
          relaySoon();
        });
  }

  private void publish(List<Database.Outgoing> rows) {
    for (Database.Outgoing row : rows) {
      String partitionKey =
          row.topic() == Topic.LOAD_BALANCER_DESIRED ? row.key() : Machine.CLUSTER;
      Object current = database.current(row.topic(), row.key());
      log.append(row.topic(), row.key(), partitionKey, current);
      if (sim.dice().chance(0.003)) {
        sim.tally().count(Fault.MESSAGE_DUPLICATED);
        log.append(row.topic(), row.key(), partitionKey, current);
      }
    }
  }

  private void fold(Topic topic, String key, Object value) {
    switch (value) {
      case TaskVerdict verdict -> verdict(verdict);
      case TaskStatus status -> taskStatus(status);
      case ServiceStatus status -> serviceStatus(status);
      case ContainerInstanceStatus status -> instanceStatus(status);
      case null -> {
        // What is over is known by its last record, unless that was read again after its end.
        if (topic == Topic.TASK_VERDICT) {
          database.forget(key);
        }
      }
      default -> throw new IllegalArgumentException(topic.toString());
    }
  }

  private void verdict(TaskVerdict verdict) {
    TaskFold.verdict(database.task(verdict.taskId()), verdict)
        .ifPresent(
            row -> {
              if (row.desiredStatus() == TaskLifecycle.STOPPED && TaskFold.isHearsay(row)) {
                database.forget(row.id());
              } else {
                database.put(row, false);
              }
            });
  }

  private void taskStatus(TaskStatus status) {
    TaskFold.status(database.task(status.taskId()), status, sim.instant())
        .ifPresent(
            row -> {
              database.put(row, false);
              ServiceRow service = database.service(status.serviceId());
              ServiceStatusName serviceStatus = service == null ? null : service.status();
              OrphanRule.stop(row, status, serviceStatus, Machine.INSTALLATION)
                  .ifPresent(stop -> stopOrphan(row, stop));
            });
  }

  private void stopOrphan(TaskRow row, TaskDesired stop) {
    long version = database.nextVersion();
    sim.story().tell("api-service: task %s is wanted by nobody", row.id());
    database.put(row.stopAsked(Records.with(stop, "version", version), version), true);
  }

  private void serviceStatus(ServiceStatus status) {
    ServiceRow row = database.service(status.serviceId());
    ServiceStatusFold.status(row, status, sim.instant())
        .ifPresent(
            change -> {
              ServiceRow changed = ServiceStatusFold.changed(row, change, sim.instant());
              if (status.rollback() != null) {
                rolledBack.accept(changed);
              }
              database.put(
                  change.desiredChanged() ? changed.withVersion(database.nextVersion()) : changed,
                  change.desiredChanged());
            });
  }

  private void instanceStatus(ContainerInstanceStatus status) {
    InstanceRow known = database.instance(status.containerInstanceId());
    InstanceFold.status(known, status, sim.instant())
        .ifPresent(
            change ->
                database.put(
                    change.desiredChanged()
                        ? change.row().withVersion(database.nextVersion())
                        : change.row(),
                    change.desiredChanged()));
  }
}

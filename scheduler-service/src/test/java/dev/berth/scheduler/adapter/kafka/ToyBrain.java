package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.scheduler.application.ClusterBrain;
import dev.berth.scheduler.application.LogEntry;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Wants as many assignments per service as are desired, with an id that is made anew each time:
 * whatever is decided twice is seen at once.
 */
final class ToyBrain implements ClusterBrain {
  static final String INSTANCE = "instance-1";

  private final String cluster;
  private final long epoch;
  private final Map<String, ServiceDesired> services = new HashMap<>();
  private final Map<String, Set<String>> assigned = new HashMap<>();
  private boolean caughtUp;

  ToyBrain(String cluster, long epoch) {
    this.cluster = cluster;
    this.epoch = epoch;
  }

  @Override
  public boolean fold(LogEntry entry) {
    return switch (entry.value()) {
      case ServiceDesired desired -> {
        ServiceDesired known = services.get(desired.serviceName());
        boolean newer = known == null || known.version() < desired.version();
        if (newer) {
          services.put(desired.serviceName(), desired);
        }
        yield newer;
      }
      case TaskAssignment assignment -> tasksOf(assignment.serviceName()).add(assignment.taskId());
      case null, default -> false;
    };
  }

  private Set<String> tasksOf(String service) {
    return assigned.computeIfAbsent(service, s -> new TreeSet<>());
  }

  @Override
  public void caughtUp(Instant now, Instant recoveringSince) {
    caughtUp = true;
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public Outcome decide(Instant now, boolean nextPart) {
    if (!caughtUp) {
      throw new IllegalStateException("Decided before everything was read");
    }
    List<OutgoingRecord> records = new ArrayList<>();
    for (ServiceDesired service : services.values()) {
      while (tasksOf(service.serviceName()).size() < service.desiredCount()) {
        String taskId = UUID.randomUUID().toString().replace("-", "");
        tasksOf(service.serviceName()).add(taskId);
        records.add(
            new OutgoingRecord(
                Topic.TASK_ASSIGNMENT, taskId, cluster, assignment(taskId, service, now)));
        records.add(
            new OutgoingRecord(
                Topic.TASK_ASSIGNED, taskId, INSTANCE, assigned(taskId, service, now)));
      }
    }
    return new Outcome(records, null);
  }

  private TaskAssignment assignment(String taskId, ServiceDesired service, Instant now) {
    return new TaskAssignment(
        taskId,
        cluster,
        1,
        epoch,
        INSTANCE,
        null,
        service.serviceName(),
        service.serviceId(),
        null,
        null,
        null,
        new Resources(0, 0, List.of(), 0),
        TaskLifecycle.RUNNING,
        null,
        null,
        List.of(),
        now,
        null,
        null,
        null,
        null);
  }

  private TaskAssigned assigned(String taskId, ServiceDesired service, Instant now) {
    return new TaskAssigned(
        taskId,
        cluster,
        INSTANCE,
        1,
        epoch,
        TestLog.INSTALLATION,
        null,
        service.clusterArn(),
        TaskLifecycle.RUNNING,
        null,
        null,
        null,
        null,
        null,
        null,
        service.serviceName(),
        service.serviceId(),
        null,
        null,
        null,
        null,
        List.of(),
        false,
        now,
        null,
        null,
        List.of());
  }
}

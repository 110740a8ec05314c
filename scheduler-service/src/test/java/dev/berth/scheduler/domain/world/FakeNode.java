package dev.berth.scheduler.domain.world;

import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node that obeys: what is assigned runs, what is to stop stops, what is forgotten goes. */
public final class FakeNode {
  private final World world;
  private final String id;
  private final String zone;
  private final Resources size;
  private final Map<String, TaskAssigned> orders = new LinkedHashMap<>();
  private final Map<String, TaskStatus> tasks = new LinkedHashMap<>();
  private List<Attribute> attributes = new ArrayList<>();
  private long statusVersion;
  private int nextPort = 30000;
  private boolean up = true;

  FakeNode(World world, String id, String zone, int cpu, int memory) {
    this.world = world;
    this.id = id;
    this.zone = zone;
    this.size = new Resources(cpu, memory, List.of(), 0);
  }

  public String id() {
    return id;
  }

  public boolean isUp() {
    return up;
  }

  public Map<String, TaskStatus> tasks() {
    return tasks;
  }

  public FakeNode attribute(String name, String value) {
    attributes.add(Attribute.of(name, value));
    return this;
  }

  /** Writes what it is and what it runs. */
  public FakeNode report() {
    world.publish(
        new ContainerInstanceStatus(
            id,
            Samples.CLUSTER,
            world.nextVersion(),
            "installation",
            id,
            zone,
            "10.0.0." + id.replaceAll("\\D", ""),
            null,
            size,
            attributes,
            null,
            null,
            true,
            false,
            List.copyOf(tasks.keySet()),
            null,
            Samples.START,
            world.now(),
            null,
            List.of()));
    return this;
  }

  /** Sends a heartbeat unless it is down. */
  public void beat() {
    if (up) {
      world.heartbeat(
          new ContainerInstanceHeartbeat(
              id, Samples.CLUSTER, ++statusVersion, statusVersion, true, 1000, world.now()));
    }
  }

  /** It is not heard any more; its containers go on. */
  public void isolate() {
    up = false;
  }

  /** It is heard again and reads what it has missed. */
  public void comeBack() {
    up = true;
    beat();
    report();
  }

  /** Its machine was started anew: no containers are left. */
  public void reboot() {
    up = true;
    List<String> gone = new ArrayList<>(tasks.keySet());
    beat();
    for (String taskId : gone) {
      if (tasks.get(taskId).lastStatus() != TaskLifecycle.STOPPED) {
        ends(taskId, StopCode.EssentialContainerExited, "Essential container in task exited");
      }
    }
    report();
  }

  void receive(String taskId, TaskAssigned order) {
    if (order == null) {
      orders.remove(taskId);
    } else if (order.containerInstanceId().equals(id)) {
      TaskAssigned known = orders.get(taskId);
      if (known == null || known.version() < order.version()) {
        orders.put(taskId, order);
      }
    }
  }

  /** Whether it has something to do. */
  boolean isBusy() {
    return up && !work().isEmpty();
  }

  /** Does one step for each task that isn't as ordered; tells whether there was any. */
  public boolean step() {
    if (!up) {
      return false;
    }
    List<Runnable> work = work();
    work.forEach(Runnable::run);
    return !work.isEmpty();
  }

  List<Runnable> work() {
    List<Runnable> work = new ArrayList<>();
    orders.forEach(
        (taskId, order) -> {
          TaskStatus seen = tasks.get(taskId);
          boolean stop = order.desiredStatus() == TaskLifecycle.STOPPED;
          if (seen == null) {
            work.add(() -> begin(order, stop ? TaskLifecycle.STOPPED : TaskLifecycle.PENDING));
          } else if (stop && seen.lastStatus() != TaskLifecycle.STOPPED) {
            work.add(() -> ends(taskId, order.stopCode(), order.stoppedReason()));
          } else if (!stop && seen.lastStatus() == TaskLifecycle.PENDING) {
            work.add(() -> starts(taskId));
          }
        });
    for (TaskStatus seen : List.copyOf(tasks.values())) {
      if (seen.lastStatus() == TaskLifecycle.STOPPED && !orders.containsKey(seen.taskId())) {
        work.add(() -> forget(seen.taskId()));
      }
    }
    return work;
  }

  private void begin(TaskAssigned order, TaskLifecycle first) {
    publish(
        new TaskStatus(
            order.taskId(),
            order.cluster(),
            id,
            0,
            "installation",
            first,
            HealthStatus.UNKNOWN,
            containers(order),
            order.taskDefinition() == null ? null : order.taskDefinition().taskDefinitionArn(),
            order.serviceName(),
            order.serviceId(),
            order.deploymentId(),
            order.group(),
            order.startedBy(),
            order.resources(),
            "10.0.0.1",
            null,
            null,
            order.createdAt(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private List<ContainerState> containers(TaskAssigned order) {
    List<ContainerState> containers = new ArrayList<>();
    if (order.taskDefinition() != null) {
      for (ContainerDefinition definition : order.taskDefinition().containerDefinitions()) {
        containers.add(
            new ContainerState(
                null,
                definition.name(),
                definition.image(),
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(new NetworkBinding("0.0.0.0", 8080, nextPort++, Protocol.TCP)),
                List.of(),
                null,
                null,
                null,
                null));
      }
    }
    return containers;
  }

  /** A pending task runs. */
  public void starts(String taskId) {
    update(taskId, TaskLifecycle.RUNNING, HealthStatus.HEALTHY, null, null);
  }

  /** The health of a task changes. */
  public void health(String taskId, HealthStatus health) {
    update(taskId, tasks.get(taskId).lastStatus(), health, null, null);
  }

  /** A task ends. */
  public void ends(String taskId, StopCode code, String reason) {
    update(taskId, TaskLifecycle.STOPPED, HealthStatus.UNKNOWN, code, reason);
  }

  private void forget(String taskId) {
    tasks.remove(taskId);
    world.tombstone(dev.berth.contracts.Topic.TASK_STATUS, taskId);
  }

  private void update(
      String taskId, TaskLifecycle state, HealthStatus health, StopCode code, String reason) {
    TaskStatus seen = tasks.get(taskId);
    publish(
        new TaskStatus(
            seen.taskId(),
            seen.cluster(),
            id,
            0,
            seen.installationId(),
            state,
            health,
            seen.containers(),
            seen.taskDefinitionArn(),
            seen.serviceName(),
            seen.serviceId(),
            seen.deploymentId(),
            seen.group(),
            seen.startedBy(),
            seen.resources(),
            seen.hostAddress(),
            code,
            reason,
            seen.createdAt(),
            null,
            null,
            state == TaskLifecycle.RUNNING && seen.startedAt() == null
                ? world.now()
                : seen.startedAt(),
            null,
            state == TaskLifecycle.STOPPED ? world.now() : null,
            state == TaskLifecycle.STOPPED ? world.now() : null,
            null,
            null));
  }

  private void publish(TaskStatus status) {
    TaskStatus versioned =
        new TaskStatus(
            status.taskId(),
            status.cluster(),
            status.containerInstanceId(),
            world.nextVersion(),
            status.installationId(),
            status.lastStatus(),
            status.healthStatus(),
            status.containers(),
            status.taskDefinitionArn(),
            status.serviceName(),
            status.serviceId(),
            status.deploymentId(),
            status.group(),
            status.startedBy(),
            status.resources(),
            status.hostAddress(),
            status.stopCode(),
            status.stoppedReason(),
            status.createdAt(),
            status.pullStartedAt(),
            status.pullStoppedAt(),
            status.startedAt(),
            status.stoppingAt(),
            status.executionStoppedAt(),
            status.stoppedAt(),
            null,
            null);
    tasks.put(status.taskId(), versioned);
    world.publish(versioned);
  }

  /** Writes everything again, as after an emptied log. */
  public void reportAll() {
    report();
    List.copyOf(tasks.values()).forEach(this::publish);
  }
}

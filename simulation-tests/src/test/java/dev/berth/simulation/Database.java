package dev.berth.simulation;

import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.fold.TaskFold;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.taskdef.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL: the rows and the outbox, changed within one step or not at all. */
final class Database {
  private final Sim sim;
  private final Map<String, ServiceRow> services = new LinkedHashMap<>();
  private final Map<String, String> serviceIds = new LinkedHashMap<>();
  private final Map<String, TaskRow> tasks = new LinkedHashMap<>();
  private final Map<String, InstanceRow> instances = new LinkedHashMap<>();
  private final Map<String, LoadBalancerDesired> loadBalancers = new LinkedHashMap<>();
  private final List<Outgoing> outbox = new ArrayList<>();
  private ClusterDesired cluster;
  private String publishedLog;
  private long version;
  private long outboxId;

  /** A desired record that is to be published in the state it then has. */
  record Outgoing(long id, Topic topic, String key) {}

  Database(Sim sim) {
    this.sim = sim;
  }

  long nextVersion() {
    return ++version;
  }

  ClusterDesired cluster() {
    return cluster;
  }

  void put(ClusterDesired value) {
    cluster = value;
    publish(Topic.CLUSTER_DESIRED, value.cluster());
  }

  void put(LoadBalancerDesired value) {
    loadBalancers.put(value.loadBalancerName(), value);
    publish(Topic.LOAD_BALANCER_DESIRED, value.loadBalancerName());
  }

  ServiceRow service(String id) {
    return services.get(id);
  }

  /** The service that has a name now, INACTIVE ones included. */
  ServiceRow serviceNamed(String name) {
    String id = serviceIds.get(name);
    return id == null ? null : services.get(id);
  }

  List<ServiceRow> services() {
    return List.copyOf(services.values());
  }

  List<ServiceRow> activeServices() {
    return services.values().stream().filter(s -> s.status() == ServiceStatusName.ACTIVE).toList();
  }

  void put(ServiceRow row, boolean publish) {
    ServiceRow before = services.put(row.id(), row);
    serviceIds.put(row.name(), row.id());
    if (before != null && before.version() > row.version()) {
      sim.violated("Service " + row.name() + " went back to an older version", row.name());
    }
    if (publish) {
      publish(Topic.SERVICE_DESIRED, Keys.service(row.cluster(), row.name()));
    }
  }

  TaskRow task(String id) {
    return tasks.get(id);
  }

  Iterable<TaskRow> tasks() {
    return tasks.values();
  }

  List<TaskRow> tasks(java.util.function.Predicate<TaskRow> filter) {
    return tasks.values().stream().filter(filter).toList();
  }

  void put(TaskRow row, boolean publish) {
    TaskRow before = tasks.put(row.id(), row);
    if (before != null && before.lastStatus().compareTo(row.lastStatus()) > 0) {
      sim.violated(
          "The row of task %s went back from %s to %s"
              .formatted(row.id(), before.lastStatus(), row.lastStatus()),
          row.id());
    }
    if (publish) {
      publish(Topic.TASK_DESIRED, row.id());
    }
  }

  /** Deletes the row of a task of which nothing but a verdict speaks. */
  void forget(String id) {
    TaskRow row = tasks.get(id);
    if (row != null && TaskFold.isHearsay(row)) {
      tasks.remove(id);
    }
  }

  /** Deletes all of those. */
  void forgetHearsay() {
    tasks.values().removeIf(TaskFold::isHearsay);
  }

  /** Notes of what isn't over on which instance it is. */
  void nameWhatRuns() {
    for (TaskRow row : List.copyOf(tasks.values())) {
      if (row.lastStatus() != TaskLifecycle.STOPPED && row.containerInstanceId() != null) {
        TaskDesired wanted =
            row.desired() != null
                ? row.desired()
                : new TaskDesired(
                    row.id(),
                    row.cluster(),
                    0,
                    Machine.INSTALLATION,
                    TaskLifecycle.RUNNING,
                    null,
                    null,
                    null,
                    null,
                    null);
        long newest = nextVersion();
        tasks.put(
            row.id(),
            Records.with(
                row,
                "version",
                newest,
                "desired",
                Records.with(
                    wanted, "version", newest, "containerInstanceId", row.containerInstanceId())));
      }
    }
  }

  InstanceRow instance(String id) {
    return instances.get(id);
  }

  List<InstanceRow> instances() {
    return List.copyOf(instances.values());
  }

  void put(InstanceRow row, boolean publish) {
    instances.put(row.id(), row);
    if (publish) {
      publish(Topic.CONTAINER_INSTANCE_DESIRED, row.id());
    }
  }

  /** Deletes what was stopped long ago. */
  void expire(long olderThan) {
    List<TaskRow> old =
        tasks(t -> t.stoppedAt() != null && t.stoppedAt().toEpochMilli() < olderThan);
    for (TaskRow row : old) {
      tasks.remove(row.id());
      if (row.desired() != null) {
        publish(Topic.TASK_DESIRED, row.id());
      }
    }
    services
        .values()
        .removeIf(
            s ->
                s.status() == ServiceStatusName.INACTIVE
                    && s.deletedAt() != null
                    && s.deletedAt().toEpochMilli() < olderThan
                    && !s.id().equals(serviceIds.get(s.name())));
  }

  private void publish(Topic topic, String key) {
    outbox.add(new Outgoing(++outboxId, topic, key));
  }

  List<Outgoing> outbox() {
    return outbox;
  }

  void published(List<Outgoing> rows) {
    outbox.removeAll(rows);
  }

  /** The log that everything desired was published to. */
  String publishedLog() {
    return publishedLog;
  }

  void publishedTo(String identity) {
    publishedLog = identity;
  }

  /** The keys of everything desired, topic by topic. */
  List<Outgoing> everything() {
    List<Outgoing> all = new ArrayList<>();
    all.add(new Outgoing(0, Topic.CLUSTER_DESIRED, cluster.cluster()));
    instances.values().stream()
        .filter(row -> row.status() != InstanceStatusName.INACTIVE)
        .forEach(row -> all.add(new Outgoing(0, Topic.CONTAINER_INSTANCE_DESIRED, row.id())));
    serviceIds.keySet().stream()
        .filter(name -> serviceNamed(name).status() != ServiceStatusName.INACTIVE)
        .forEach(
            name ->
                all.add(
                    new Outgoing(0, Topic.SERVICE_DESIRED, Keys.service(Machine.CLUSTER, name))));
    tasks.values().stream()
        .filter(t -> t.desired() != null && !isOver(t))
        .forEach(t -> all.add(new Outgoing(0, Topic.TASK_DESIRED, t.id())));
    loadBalancers
        .keySet()
        .forEach(name -> all.add(new Outgoing(0, Topic.LOAD_BALANCER_DESIRED, name)));
    return all;
  }

  private ContainerInstanceDesired serving(InstanceRow row) {
    List<Attribute> attributes = new ArrayList<>(row.desired().attributes());
    if (row.seen() != null) {
      attributes.addAll(row.seen().attributes());
    }
    return InstanceChanges.serving(
        row.desired(), CapacityProviders.servedBy(attributes, cluster.capacityProviderDetails()));
  }

  /** Whether nobody must place a task, whatever its request says: it has run. */
  private static boolean isOver(TaskRow row) {
    return row.lastStatus() == TaskLifecycle.STOPPED
        && row.desired().desiredStatus() != TaskLifecycle.STOPPED;
  }

  /** The record of a row as it is now, or null for a tombstone. */
  Object current(Topic topic, String key) {
    return switch (topic) {
      case CLUSTER_DESIRED -> cluster;
      case LOAD_BALANCER_DESIRED -> loadBalancers.get(key);
      case CONTAINER_INSTANCE_DESIRED -> {
        InstanceRow row = instances.get(key);
        yield row == null ? null : serving(row);
      }
      case TASK_DESIRED -> {
        TaskRow row = tasks.get(key);
        yield row == null ? null : row.desired();
      }
      case SERVICE_DESIRED -> {
        ServiceRow row = serviceNamed(key.substring(key.indexOf('/') + 1));
        yield row == null || row.status() == ServiceStatusName.INACTIVE ? null : row.desired();
      }
      default -> throw new IllegalArgumentException(topic.toString());
    };
  }
}

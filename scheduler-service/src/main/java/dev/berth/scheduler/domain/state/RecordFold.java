package dev.berth.scheduler.domain.state;

import dev.berth.contracts.Versioned;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What each kind of record changes in the state. Records may come twice or late: each {@code on...}
 * drops what isn't newer than what is known, and tells whether anything changed.
 */
public final class RecordFold {
  private final TaskIndex index;
  private final Attention attention;
  private final VersionClock versions;
  private final Duration heartbeatFreshFor;
  private final Map<String, Duration> deregistrationDelays = new HashMap<>();
  private ClusterDesired cluster;

  RecordFold(
      TaskIndex index, Attention attention, VersionClock versions, Duration heartbeatFreshFor) {
    this.index = index;
    this.attention = attention;
    this.versions = versions;
    this.heartbeatFreshFor = heartbeatFreshFor;
  }

  /** What users want of the cluster, or null. */
  ClusterDesired cluster() {
    return cluster;
  }

  /** How long a target group lets running requests finish; null where nothing was heard of it. */
  Duration deregistrationDelay(String targetGroupArn) {
    return deregistrationDelays.get(targetGroupArn);
  }

  public boolean on(ClusterDesired record) {
    if (isStale(cluster, record)) {
      return false;
    }
    cluster = record;
    return true;
  }

  /** The cluster is wanted no more. */
  public boolean removeCluster() {
    boolean known = cluster != null;
    cluster = null;
    return known;
  }

  public boolean on(ServiceDesired record) {
    ServiceState service = index.service(record.serviceName());
    if (isStale(service.desired, record)) {
      return false;
    }
    service.wants(record);
    attention.daemon(
        record.serviceName(), record.schedulingStrategy() == SchedulingStrategy.DAEMON);
    attention.balanced(
        record.serviceName(),
        record.availabilityZoneRebalancing() == AvailabilityZoneRebalancing.ENABLED);
    attention.touchService(record.serviceName());
    unknownTasksOf(record.serviceName());
    return true;
  }

  /** A service is wanted no more. */
  public boolean removeService(String serviceName) {
    ServiceState service = index.services.get(serviceName);
    if (service == null || service.desired == null) {
      return false;
    }
    service.desired = null;
    service.removed = true;
    attention.daemon(serviceName, false);
    attention.balanced(serviceName, false);
    attention.touchService(serviceName);
    unknownTasksOf(serviceName);
    return true;
  }

  // Tasks that run without our memory of them become ours or are stopped once their service is
  // known.
  private void unknownTasksOf(String serviceName) {
    for (String taskId : attention.unknownTasks()) {
      TaskState task = index.tasks.get(taskId);
      if (task != null && serviceName.equals(task.serviceName())) {
        attention.touch(new Subject.OfTask(taskId));
      }
    }
  }

  public boolean on(TaskDesired record) {
    TaskState task = index.task(record.taskId());
    if (isStale(task.desired, record)) {
      return false;
    }
    task.desired = record;
    index.changed(task);
    return true;
  }

  public boolean removeTaskDesired(String taskId) {
    TaskState task = index.tasks.get(taskId);
    if (task == null || task.desired == null) {
      return false;
    }
    task.desired = null;
    index.changed(task);
    return true;
  }

  public boolean on(TaskStatus record) {
    if (index.isErased(record.taskId())) {
      return false;
    }
    TaskState task = index.task(record.taskId());
    if (isStale(task.status, record) || record.version() <= task.statusGoneAt) {
      return false;
    }
    if (task.status != null && record.lastStatus().compareTo(task.status.lastStatus()) < 0) {
      return false; // a task's status only moves forward
    }
    task.status = record;
    index.changed(task);
    return true;
  }

  public boolean removeTaskStatus(String taskId) {
    TaskState task = index.tasks.get(taskId);
    if (task == null || task.status == null) {
      return false;
    }
    task.statusGoneAt = task.status.version();
    task.status = null;
    index.changed(task);
    return true;
  }

  /** Our own memory: what an earlier leader decided, or we did. */
  public boolean on(TaskAssignment record) {
    versions.observe(record.version());
    TaskState task = index.task(record.taskId());
    if (isStale(task.assignment, record)) {
      return false;
    }
    if (task.assignment == null
        && record.serviceName() == null
        && record.capacityProviderName() != null) {
      attention.countsShare(
          new Attention.Request(record.group(), record.startedBy(), record.createdAt()),
          record.capacityProviderName());
    }
    index.remember(task, record);
    return true;
  }

  public boolean removeTaskAssignment(String taskId) {
    TaskState task = index.tasks.get(taskId);
    if (task == null || task.assignment == null) {
      return false;
    }
    index.remember(task, null);
    return true;
  }

  /** Our own memory: what was last reported of a service. */
  public boolean on(ServiceStatus record) {
    versions.observe(record.version());
    ServiceState service = index.service(record.serviceName());
    if (isStale(service.reported, record)) {
      return false;
    }
    service.restore(record);
    attention.touchService(record.serviceName());
    return true;
  }

  public boolean removeServiceStatus(String serviceName) {
    ServiceState service = index.services.get(serviceName);
    if (service == null || service.reported == null) {
      return false;
    }
    service.reported = null;
    attention.touchService(serviceName);
    return true;
  }

  public boolean on(ContainerInstanceDesired record) {
    InstanceState instance = index.instance(record.containerInstanceId());
    if (isStale(instance.desired, record)) {
      return false;
    }
    instance.desired = record;
    index.changed(instance);
    return true;
  }

  public boolean removeContainerInstanceDesired(String id) {
    InstanceState instance = index.instances.get(id);
    if (instance == null || instance.desired == null) {
      return false;
    }
    instance.desired = null;
    index.changed(instance);
    return true;
  }

  public boolean on(ContainerInstanceStatus record) {
    InstanceState instance = index.instance(record.containerInstanceId());
    if (isStale(instance.status, record)) {
      return false;
    }
    instance.status = record;
    index.changed(instance);
    return true;
  }

  public boolean removeContainerInstanceStatus(String id) {
    InstanceState instance = index.instances.get(id);
    if (instance == null || instance.status == null) {
      return false;
    }
    instance.status = null;
    index.changed(instance);
    return true;
  }

  /** A sign of life, read at {@code at}. Tells whether the instance can do more or less by it. */
  public boolean on(ContainerInstanceHeartbeat record, Instant at) {
    InstanceState instance = index.instance(record.containerInstanceId());
    if (instance.heard(at, record.dockerConnected(), heartbeatFreshFor)) {
      index.changed(instance);
      return true;
    }
    return false;
  }

  public boolean on(TargetStatus record) {
    if (record.taskId() == null) {
      return false; // registered by hand
    }
    TaskState task = index.tasks.get(record.taskId());
    if (task == null) {
      index.heardEarly(record);
      return false;
    }
    if (!task.foldTarget(record)) {
      return false;
    }
    index.changed(task);
    return true;
  }

  /** The key is {@code targetGroupArn|taskId:port|lbInstanceId}. */
  public boolean removeTargetStatus(String key) {
    TargetKey target = TargetKey.of(key);
    if (target == null) {
      return false;
    }
    index.heardNoMore(target);
    TaskState task = index.tasks.get(target.taskId());
    if (task == null || !task.removeTarget(target.targetKey(), target.lbInstanceId())) {
      return false;
    }
    index.changed(task);
    return true;
  }

  /** Only the deregistration delays of target groups matter here. */
  public boolean on(LoadBalancerDesired record) {
    record.targetGroups().forEach(this::noteDelay);
    return false;
  }

  private void noteDelay(TargetGroupDesired group) {
    Duration delay = Duration.ofSeconds(group.deregistrationDelaySeconds());
    deregistrationDelays.put(group.targetGroupArn(), delay);
  }

  private static boolean isStale(Versioned known, Versioned record) {
    return known != null && known.version() >= record.version();
  }
}

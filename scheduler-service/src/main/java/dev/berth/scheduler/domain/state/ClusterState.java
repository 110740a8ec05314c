package dev.berth.scheduler.domain.state;

import dev.berth.contracts.Keys;
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
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.SchedulerSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One cluster as far as the scheduler knows it. Records may come twice or late: each {@code on...}
 * drops what isn't newer than what is known, and tells whether anything changed. What changed is
 * looked at by the next plan; nothing else is. Used by one thread.
 */
public final class ClusterState {
  private final String cluster;
  private final String installationId;
  private final long epoch;
  private final SchedulerSettings settings;
  private final VersionClock versions = new VersionClock();
  private final Attention attention = new Attention();
  private final Hearing hearing = new Hearing();
  private final TaskIndex index = new TaskIndex(attention);
  private final Map<String, Duration> deregistrationDelays = new HashMap<>();
  private final Map<Class<?>, Object> derived = new HashMap<>(2);
  private ClusterDesired desired;

  /**
   * @param epoch counts the leaderships of the partition; written into assignments
   */
  public ClusterState(
      String cluster, String installationId, long epoch, SchedulerSettings settings) {
    this.cluster = Objects.requireNonNull(cluster);
    this.installationId = installationId;
    this.epoch = epoch;
    this.settings = Objects.requireNonNull(settings);
  }

  public String cluster() {
    return cluster;
  }

  public String installationId() {
    return installationId;
  }

  public long epoch() {
    return epoch;
  }

  public SchedulerSettings settings() {
    return settings;
  }

  /** What users want of the cluster, or null. */
  public ClusterDesired desired() {
    return desired;
  }

  public Collection<ServiceState> services() {
    return Collections.unmodifiableCollection(index.services.values());
  }

  public Collection<TaskState> tasks() {
    return Collections.unmodifiableCollection(index.tasks.values());
  }

  public Collection<InstanceState> instances() {
    return Collections.unmodifiableCollection(index.instances.values());
  }

  /** A service by name, or null. */
  public ServiceState service(String serviceName) {
    return index.services.get(serviceName);
  }

  /** A task by id, or null. */
  public TaskState task(String taskId) {
    return index.tasks.get(taskId);
  }

  /** A container instance by id, or null. */
  public InstanceState instance(String containerInstanceId) {
    return index.instances.get(containerInstanceId);
  }

  /** The instances that hold tasks of a group. */
  public Collection<InstanceState> holdersOf(String group) {
    return Collections.unmodifiableCollection(index.holders.getOrDefault(group, Set.of()));
  }

  /** Which container instances changed. */
  public InstanceJournal journal() {
    return index.journal;
  }

  /**
   * Something derived from the state and kept with it, such as instances in the order of some
   * strategy; made when it is first asked for.
   */
  public <T> T derived(Class<T> type, Supplier<T> make) {
    return type.cast(derived.computeIfAbsent(type, t -> make.get()));
  }

  /** What was changed and what is due. */
  public Attention attention() {
    return attention;
  }

  /** The version of the next record that we write. */
  public long nextVersion(Instant now) {
    return versions.next(now);
  }

  /** How long a target group lets running requests finish. */
  public Duration deregistrationDelay(String targetGroupArn) {
    return deregistrationDelays.getOrDefault(targetGroupArn, settings.deregistrationDelay());
  }

  /** How far what is heard can be trusted. */
  public Hearing hearing() {
    return hearing;
  }

  /** Every container instance is accounted for. */
  public void recovered() {
    hearing.recovered();
    lookAtEverything();
  }

  /**
   * Everything written was read. To be said again whenever the log was out of reach in between:
   * silence until then says nothing about instances.
   *
   * @param memoryFound whether the log held what an earlier leader decided; without it nothing is
   *     placed until each known instance has said what it runs. Only the first call's word counts.
   */
  public void caughtUp(Instant now, boolean memoryFound) {
    index.tasks.values().removeIf(TaskState::isEmpty);
    hearing.caughtUp(now, memoryFound);
    lookAtEverything();
  }

  /** The next plan looks at everything. */
  public void lookAtEverything() {
    index.instances.keySet().forEach(id -> attention.touch(new Subject.OfInstance(id)));
    index.tasks.keySet().forEach(id -> attention.touch(new Subject.OfTask(id)));
    index.services.keySet().forEach(name -> attention.touch(new Subject.OfService(name)));
  }

  public boolean on(ClusterDesired record) {
    if (isStale(desired, record)) {
      return false;
    }
    desired = record;
    return true;
  }

  /** The cluster is wanted no more. */
  public boolean removeCluster() {
    boolean known = desired != null;
    desired = null;
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
    if (instance.heard(at, record.dockerConnected(), settings.heartbeatFreshFor())) {
      index.changed(instance);
      return true;
    }
    return false;
  }

  public boolean on(TargetStatus record) {
    if (record.taskId() == null) {
      return false; // registered by hand
    }
    // Before everything is read, a target may be heard of earlier than its task.
    TaskState task =
        hearing.caughtUpAt() == null
            ? index.task(record.taskId())
            : index.tasks.get(record.taskId());
    String key = Keys.target(record.targetGroupArn(), record.targetId());
    if (task == null || !task.foldTarget(key, record)) {
      return false;
    }
    index.changed(task);
    return true;
  }

  /** The key is {@code targetGroupArn|taskId:port|lbInstanceId}. */
  public boolean removeTargetStatus(String key) {
    TargetKey target = TargetKey.of(key);
    TaskState task = target == null ? null : index.tasks.get(target.taskId());
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

  /** Takes a decision into the state as it is taken, so that nothing is decided twice. */
  public void apply(Decision decision) {
    DecisionFold.apply(index, decision);
  }

  private static boolean isStale(Versioned known, Versioned record) {
    return known != null && known.version() >= record.version();
  }
}

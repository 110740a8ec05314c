package dev.berth.scheduler.domain.world;

import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskProtection;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.reconcile.Reconciler;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import dev.berth.scheduler.domain.records.PlanRecords;
import dev.berth.scheduler.domain.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A compacted log, a scheduler that reads and writes it, nodes and a load balancer. */
public final class World {
  private final Map<Topic, Map<String, Object>> log = new EnumMap<>(Topic.class);
  private final Map<String, FakeNode> nodes = new TreeMap<>();
  private final FakeBalancer balancer = new FakeBalancer(this);
  private final List<Decision> decisions = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();
  private final Ids ids;
  private ClusterState state;
  private Instant now = Samples.START;
  private Instant wakeUpAt;
  private long version = 1;
  private int epoch = 1;

  public World() {
    this(1);
  }

  public World(long seed) {
    ids = new Ids(seed);
    state = newState();
    publish(
        new ClusterDesired(
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            Samples.CLUSTER_ARN,
            null,
            null,
            null,
            null,
            null,
            Samples.START,
            List.of()));
    state.caughtUp(now, null);
  }

  private ClusterState newState() {
    return new ClusterState(Samples.CLUSTER, "installation", epoch, SchedulerSettings.DEFAULT);
  }

  public Instant now() {
    return now;
  }

  public ClusterState state() {
    return state;
  }

  public FakeBalancer balancer() {
    return balancer;
  }

  public FakeNode node(String id) {
    return nodes.get(id);
  }

  public List<FakeNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Everything decided so far. */
  public List<Decision> decisions() {
    return decisions;
  }

  /** Everything said so far. */
  public List<String> sentences() {
    return sentences;
  }

  long nextVersion() {
    return ++version;
  }

  /** A container instance that users want ACTIVE. */
  public FakeNode addNode(String id, String zone, int cpu, int memory) {
    FakeNode node = new FakeNode(this, id, zone, cpu, memory);
    nodes.put(id, node);
    node.report();
    node.beat();
    want(id, InstanceStatusName.ACTIVE, false);
    return node;
  }

  public void want(String instanceId, InstanceStatusName status, boolean force) {
    publish(
        new ContainerInstanceDesired(
            instanceId,
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            status,
            force,
            List.of(),
            List.of()));
  }

  /** An ACTIVE instance that serves capacity providers. */
  public void serves(String instanceId, String... capacityProviders) {
    ContainerInstanceDesired known =
        (ContainerInstanceDesired) log(Topic.CONTAINER_INSTANCE_DESIRED).get(instanceId);
    publish(
        Changed.of(
            known,
            Map.of("version", nextVersion(), "capacityProviders", List.of(capacityProviders))));
  }

  /** What an instance's owner says of it. */
  public void offers(String instanceId, Attribute... attributes) {
    ContainerInstanceDesired known =
        (ContainerInstanceDesired) log(Topic.CONTAINER_INSTANCE_DESIRED).get(instanceId);
    publish(Changed.of(known, Map.of("version", nextVersion(), "attributes", List.of(attributes))));
  }

  /** Changes members of a one-off task's request. */
  public void run(String taskId, TaskDefinition definition, Map<String, Object> members) {
    TaskDesired plain =
        new TaskDesired(
            taskId,
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            TaskLifecycle.RUNNING,
            null,
            null,
            new RunTaskSpec(
                definition,
                null,
                null,
                "me",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                now,
                now.plusSeconds(10),
                null,
                null),
            null,
            null);
    publish(Changed.of(plain, Map.of("run", Changed.of(plain.run(), members))));
  }

  public void want(Samples.Service service) {
    publish(service.build(nextVersion()));
  }

  /** RunTask of one task. */
  public void run(String taskId, TaskDefinition definition) {
    run(taskId, definition, (String) null);
  }

  /** StartTask where an instance is named. */
  public void run(String taskId, TaskDefinition definition, String instanceId) {
    publish(
        new TaskDesired(
            taskId,
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            TaskLifecycle.RUNNING,
            null,
            null,
            new RunTaskSpec(
                definition,
                null,
                null,
                "me",
                null,
                instanceId,
                null,
                null,
                null,
                null,
                null,
                false,
                now,
                now.plusSeconds(10),
                null,
                null),
            null,
            null));
  }

  /** StopTask, of any task. */
  public void stop(String taskId) {
    TaskDesired known = (TaskDesired) log(Topic.TASK_DESIRED).get(taskId);
    publish(
        new TaskDesired(
            taskId,
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            TaskLifecycle.STOPPED,
            StopCode.UserInitiated,
            "enough",
            known == null ? null : known.run(),
            null,
            null));
  }

  /** What api-service does for each task it knows before it fills an emptied log. */
  public void nameInstance(TaskStatus status) {
    TaskDesired known = (TaskDesired) log(Topic.TASK_DESIRED).get(status.taskId());
    publish(
        new TaskDesired(
            status.taskId(),
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            TaskLifecycle.RUNNING,
            null,
            null,
            known == null ? null : known.run(),
            null,
            status.containerInstanceId()));
  }

  public void protect(String taskId, Instant until) {
    publish(
        new TaskDesired(
            taskId,
            Samples.CLUSTER,
            nextVersion(),
            "installation",
            TaskLifecycle.RUNNING,
            null,
            null,
            null,
            new TaskProtection(true, until),
            null));
  }

  public void heartbeat(ContainerInstanceHeartbeat heartbeat) {
    state.records().on(heartbeat, now);
  }

  /** What the log holds of a topic. */
  public Map<String, Object> log(Topic topic) {
    return log.computeIfAbsent(topic, t -> new LinkedHashMap<>());
  }

  /** A record of another service. */
  public void publish(Object record) {
    switch (record) {
      case ClusterDesired r -> log(Topic.CLUSTER_DESIRED).put(r.cluster(), r);
      case ServiceDesired r -> log(Topic.SERVICE_DESIRED).put(r.serviceName(), r);
      case TaskDesired r -> log(Topic.TASK_DESIRED).put(r.taskId(), r);
      case ContainerInstanceDesired r ->
          log(Topic.CONTAINER_INSTANCE_DESIRED).put(r.containerInstanceId(), r);
      case ContainerInstanceStatus r ->
          log(Topic.CONTAINER_INSTANCE_STATUS).put(r.containerInstanceId(), r);
      case TaskStatus r -> log(Topic.TASK_STATUS).put(r.taskId(), r);
      case TargetStatus r ->
          log(Topic.TARGET_STATUS)
              .put(Keys.targetStatus(r.targetGroupArn(), r.targetId(), r.lbInstanceId()), r);
      default -> throw new IllegalArgumentException(record.toString());
    }
    fold(record);
  }

  /** A record arrives; it may have arrived before. */
  public void fold(Object record) {
    switch (record) {
      case ClusterDesired r -> state.records().on(r);
      case ServiceDesired r -> state.records().on(r);
      case TaskDesired r -> state.records().on(r);
      case ContainerInstanceDesired r -> state.records().on(r);
      case ContainerInstanceStatus r -> state.records().on(r);
      case TaskStatus r -> state.records().on(r);
      case TargetStatus r -> state.records().on(r);
      case TaskAssignment r -> state.records().on(r);
      case ServiceStatus r -> state.records().on(r);
      default -> throw new IllegalArgumentException(record.toString());
    }
  }

  public void tombstone(Topic topic, String key) {
    log(topic).remove(key);
    switch (topic) {
      case CLUSTER_DESIRED -> state.records().removeCluster();
      case TASK_STATUS -> state.records().removeTaskStatus(key);
      case TASK_DESIRED -> state.records().removeTaskDesired(key);
      case SERVICE_DESIRED -> state.records().removeService(key);
      case TARGET_STATUS -> state.records().removeTargetStatus(key);
      case CONTAINER_INSTANCE_DESIRED -> state.records().removeContainerInstanceDesired(key);
      case CONTAINER_INSTANCE_STATUS -> state.records().removeContainerInstanceStatus(key);
      default -> throw new IllegalArgumentException(topic.toString());
    }
  }

  /** Decides once, and writes what was decided. */
  public Plan plan() {
    Plan plan = Reconciler.plan(state, now, ids);
    wakeUpAt = plan.wakeUpAt();
    decisions.addAll(plan.decisions());
    for (OutgoingRecord record : PlanRecords.of(plan)) {
      write(record);
    }
    return plan;
  }

  private void write(OutgoingRecord record) {
    if (record.value() == null) {
      log(record.topic()).remove(record.key());
    } else if (record.topic() == Topic.SERVICE_EVENT) {
      sentences.add(((ServiceEvent) record.value()).message());
    } else {
      log(record.topic()).put(record.key(), record.value());
    }
    if (record.topic() == Topic.TASK_ASSIGNED) {
      nodes.values().forEach(n -> n.receive(record.key(), (TaskAssigned) record.value()));
    } else if (record.topic() == Topic.TARGET_DESIRED) {
      balancer.receive(record.key(), (TargetDesired) record.value());
    }
  }

  /** Lets everybody do what there is to do now, without time passing. */
  public World settle() {
    for (int i = 0; i < 200; i++) {
      boolean decided = !plan().isEmpty();
      boolean worked = balancer.step();
      for (FakeNode node : nodes.values()) {
        worked |= node.step();
      }
      if (!decided && !worked) {
        return this;
      }
    }
    throw new AssertionError("The world doesn't settle");
  }

  /** Time passes in seconds, with heartbeats; everybody works. */
  public World pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      tick(Duration.ofSeconds(1));
      settle();
    }
    return this;
  }

  /** Time passes with heartbeats, but nobody does anything else. */
  public void tick(Duration time) {
    now = now.plus(time);
    nodes.values().forEach(FakeNode::beat);
  }

  /** Time passes and nothing is heard. */
  public void silence(Duration time) {
    now = now.plus(time);
  }

  public Instant wakeUpAt() {
    return wakeUpAt;
  }

  /** Another scheduler takes over: it knows what the log says. */
  public void changeLeader() {
    epoch++;
    rebuild(recoveringSince());
  }

  private Instant recoveringSince() {
    List<TaskAssignment> memory =
        log(Topic.TASK_ASSIGNMENT).values().stream().map(TaskAssignment.class::cast).toList();
    return memory.stream().anyMatch(m -> m.recoveringSince() == null)
        ? null
        : memory.stream().map(TaskAssignment::recoveringSince).max(Instant::compareTo).orElse(now);
  }

  /** The log loses everything; api-service, nodes and load balancers write what they know. */
  public void emptyLog(Runnable whileNobodyReports) {
    epoch++;
    Map<Topic, Map<String, Object>> before = new EnumMap<>(log);
    log.clear();
    for (Topic topic :
        List.of(
            Topic.CLUSTER_DESIRED,
            Topic.SERVICE_DESIRED,
            Topic.TASK_DESIRED,
            Topic.CONTAINER_INSTANCE_DESIRED)) {
      log.put(topic, before.getOrDefault(topic, new LinkedHashMap<>()));
    }
    rebuild(now);
    whileNobodyReports.run();
    nodes.values().stream().filter(FakeNode::isUp).forEach(FakeNode::reportAll);
    balancer.reportAll();
  }

  private void rebuild(Instant recoveringSince) {
    state = newState();
    for (Topic topic : Topic.values()) {
      if (topic.readers().contains(Topic.Role.SCHEDULER) || topic == Topic.TASK_ASSIGNMENT) {
        switch (topic) {
          case TASK_ASSIGNED, TASK_VERDICT, TARGET_DESIRED -> {
            // not needed to know what was decided
          }
          default -> log(topic).values().forEach(this::fold);
        }
      }
    }
    state.caughtUp(now, recoveringSince);
    nodes.values().forEach(FakeNode::beat);
  }

  /** The tasks of a service that nodes run, in any state but STOPPED. */
  public List<TaskStatus> running(String serviceName) {
    return statuses(
        s -> serviceName.equals(s.serviceName()) && s.lastStatus() != TaskLifecycle.STOPPED);
  }

  public List<TaskStatus> statuses(Predicate<TaskStatus> predicate) {
    return nodes.values().stream()
        .flatMap(node -> node.tasks().values().stream())
        .filter(predicate)
        .toList();
  }

  public TaskVerdict verdict(String taskId) {
    return (TaskVerdict) log(Topic.TASK_VERDICT).get(taskId);
  }

  public ServiceStatus status(String serviceName) {
    return (ServiceStatus)
        log(Topic.SERVICE_STATUS).get(Keys.service(Samples.CLUSTER, serviceName));
  }
}

package dev.berth.contracts;

import dev.berth.contracts.cluster.CapacityEvent;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.event.PublicEvent;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Berth's topics: the only place where their names stand. */
public enum Topic {
  CLUSTER_DESIRED(
      "cluster.desired",
      ClusterDesired.class,
      PartitionedBy.CLUSTER,
      null,
      Role.API,
      EnumSet.of(Role.SCHEDULER)),
  SERVICE_DESIRED(
      "service.desired",
      ServiceDesired.class,
      PartitionedBy.CLUSTER,
      null,
      Role.API,
      EnumSet.of(Role.SCHEDULER)),
  TASK_DESIRED(
      "task.desired",
      TaskDesired.class,
      PartitionedBy.CLUSTER,
      null,
      Role.API,
      EnumSet.of(Role.SCHEDULER)),
  CONTAINER_INSTANCE_DESIRED(
      "container-instance.desired",
      ContainerInstanceDesired.class,
      PartitionedBy.CLUSTER,
      null,
      Role.API,
      EnumSet.of(Role.SCHEDULER)),
  TASK_VERDICT(
      "task.verdict",
      TaskVerdict.class,
      PartitionedBy.CLUSTER,
      null,
      Role.SCHEDULER,
      EnumSet.of(Role.API, Role.SCHEDULER)),
  TASK_ASSIGNMENT(
      "task.assignment",
      TaskAssignment.class,
      PartitionedBy.CLUSTER,
      null,
      Role.SCHEDULER,
      EnumSet.of(Role.SCHEDULER)),
  TASK_ASSIGNED(
      "task.assigned",
      TaskAssigned.class,
      PartitionedBy.INSTANCE,
      null,
      Role.SCHEDULER,
      EnumSet.of(Role.NODE, Role.SCHEDULER)),
  SERVICE_STATUS(
      "service.status",
      ServiceStatus.class,
      PartitionedBy.CLUSTER,
      null,
      Role.SCHEDULER,
      EnumSet.of(Role.API, Role.SCHEDULER)),
  SERVICE_EVENT(
      "service.event",
      ServiceEvent.class,
      PartitionedBy.CLUSTER,
      Duration.ofDays(7),
      Role.SCHEDULER,
      EnumSet.of(Role.API)),
  CAPACITY_EVENT(
      "capacity.event",
      CapacityEvent.class,
      PartitionedBy.CLUSTER,
      Duration.ofDays(7),
      Role.SCHEDULER,
      EnumSet.noneOf(Role.class)),
  TASK_STATUS(
      "task.status",
      TaskStatus.class,
      PartitionedBy.CLUSTER,
      null,
      Role.NODE,
      EnumSet.of(Role.SCHEDULER, Role.API)),
  CONTAINER_INSTANCE_STATUS(
      "container-instance.status",
      ContainerInstanceStatus.class,
      PartitionedBy.CLUSTER,
      null,
      Role.NODE,
      EnumSet.of(Role.SCHEDULER, Role.API)),
  CONTAINER_INSTANCE_HEARTBEAT(
      "container-instance.heartbeat",
      ContainerInstanceHeartbeat.class,
      PartitionedBy.CLUSTER,
      Duration.ofMinutes(10),
      Role.NODE,
      EnumSet.of(Role.SCHEDULER, Role.API)),
  LOAD_BALANCER_DESIRED(
      "load-balancer.desired",
      LoadBalancerDesired.class,
      PartitionedBy.NOTHING,
      null,
      Role.API,
      EnumSet.of(Role.LB, Role.SCHEDULER)),
  TARGET_DESIRED(
      "target.desired",
      TargetDesired.class,
      PartitionedBy.NOTHING,
      null,
      Role.SCHEDULER,
      EnumSet.of(Role.LB, Role.SCHEDULER)),
  TARGET_STATUS(
      "target.status",
      TargetStatus.class,
      PartitionedBy.NOTHING,
      null,
      Role.LB,
      EnumSet.of(Role.SCHEDULER, Role.API)),
  LOAD_BALANCER_STATUS(
      "load-balancer.status",
      LoadBalancerStatus.class,
      PartitionedBy.NOTHING,
      null,
      Role.LB,
      EnumSet.of(Role.API)),
  EVENTS(
      "events",
      PublicEvent.class,
      PartitionedBy.RESOURCE,
      Duration.ofDays(7),
      Role.API,
      EnumSet.noneOf(Role.class));

  /** The services, as writers and readers of topics. */
  public enum Role {
    API,
    SCHEDULER,
    NODE,
    LB
  }

  /** What chooses the partition of a record; NOTHING means that the topic has one partition. */
  public enum PartitionedBy {
    CLUSTER,
    INSTANCE,
    RESOURCE,
    NOTHING
  }

  private final String topicName;
  private final Class<?> recordType;
  private final PartitionedBy partitionedBy;
  private final Duration retention;
  private final Role writer;

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf made it immutable
  private final Set<Role> readers;

  Topic(
      String name,
      Class<?> recordType,
      PartitionedBy partitionedBy,
      Duration retention,
      Role writer,
      EnumSet<Role> readers) {
    this.topicName = "berth." + name + ".v1";
    this.recordType = recordType;
    this.partitionedBy = partitionedBy;
    this.retention = retention;
    this.writer = writer;
    this.readers = Set.copyOf(readers);
  }

  /** The name in Kafka, {@code berth.<resource>.<kind>.v1}. */
  public String topicName() {
    return topicName;
  }

  public Class<?> recordType() {
    return recordType;
  }

  public PartitionedBy partitionedBy() {
    return partitionedBy;
  }

  /**
   * Whether Kafka keeps the newest record of each key; else records go after {@link #retention}.
   */
  public boolean isCompacted() {
    return retention == null;
  }

  /** How long records stay, or null for a compacted topic. */
  public Duration retention() {
    return retention;
  }

  public Role writer() {
    return writer;
  }

  public Set<Role> readers() {
    return readers;
  }

  /** The topic where a role parks records of this topic that it can't read. */
  public static String deadLetterTopic(Role role) {
    return "berth." + role.name().toLowerCase(java.util.Locale.ROOT) + ".dead-letter.v1";
  }
}

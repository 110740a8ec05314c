package dev.berth.scheduler.domain;

import dev.berth.contracts.cluster.CapacityEvent;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskVerdict;

/**
 * One thing the scheduler decided. Members that are records of topics are written as they are; see
 * {@link dev.berth.scheduler.domain.records.PlanRecords}.
 */
public sealed interface Decision {
  /** A new task goes to a container instance. */
  record PlaceTask(TaskAssignment assignment, TaskAssigned assigned, TaskVerdict verdict)
      implements Decision {}

  /**
   * A task that runs without our memory of it becomes ours. {@code assigned} is null where its
   * definition isn't known any more; its node keeps it without.
   */
  record AdoptTask(TaskAssignment assignment, TaskAssigned assigned, TaskVerdict verdict)
      implements Decision {}

  /** A one-off task is not placed, for good. {@code memory} is null where none is needed. */
  record RefuseTask(TaskVerdict verdict, TaskAssignment memory) implements Decision {}

  /** A one-off task waits for room; it isn't decided yet. */
  record QueueTask(TaskVerdict verdict) implements Decision {}

  /** A task is to stop: first it leaves its target groups, then {@link StopTask} follows. */
  record RetireTask(TaskAssignment assignment, TaskVerdict verdict) implements Decision {}

  /** The node is told to stop a task's containers. */
  record StopTask(TaskAssigned assigned) implements Decision {}

  /** A task is given up because its instance is; its node stops it if it ever comes back. */
  record LoseTask(TaskAssignment assignment, TaskAssigned assigned, TaskVerdict verdict)
      implements Decision {}

  /**
   * A task is over: its node's order goes. {@code verdict} is the final one, or null where it was
   * written already; {@code memory} is what has to be kept so that it isn't decided again, or null.
   */
  record ForgetTask(
      String cluster,
      String taskId,
      String containerInstanceId,
      TaskAssignment memory,
      TaskVerdict verdict)
      implements Decision {}

  /** Nobody can ask about the task any more: its verdict goes. */
  record EraseVerdict(String cluster, String taskId) implements Decision {}

  /** A task's port takes requests. {@code verdict} is there once all of its ports do, else null. */
  record RegisterTarget(TargetDesired target, TaskAssignment assignment, TaskVerdict verdict)
      implements Decision {}

  /** A task's port gets no new requests. */
  record DrainTarget(TargetDesired target) implements Decision {}

  /** A target is over. */
  record RemoveTarget(String targetKey, TaskAssignment assignment) implements Decision {}

  /** A service's state changed. */
  record ReportService(ServiceStatus status) implements Decision {}

  /** A service that nobody wants any more has no tasks left. */
  record ForgetService(String cluster, String serviceName) implements Decision {}

  /** A sentence for the users of a service. */
  record Say(ServiceEvent event) implements Decision {}

  /** A sign for whoever adds and removes machines. */
  record TellCapacity(CapacityEvent event) implements Decision {}
}

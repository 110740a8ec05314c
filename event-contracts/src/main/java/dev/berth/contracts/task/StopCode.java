package dev.berth.contracts.task;

/** Why a task stopped (ECS: Task, {@code stopCode}). */
public enum StopCode {
  TaskFailedToStart,
  EssentialContainerExited,
  UserInitiated,
  ServiceSchedulerInitiated,
  SpotInterruption,
  TerminationNotice
}

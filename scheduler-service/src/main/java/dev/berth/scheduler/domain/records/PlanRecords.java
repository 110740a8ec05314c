package dev.berth.scheduler.domain.records;

import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.Plan;
import java.util.ArrayList;
import java.util.List;

/** The records of a plan, to be written in this order and in one transaction. */
public final class PlanRecords {
  private final List<OutgoingRecord> records = new ArrayList<>();

  private PlanRecords() {}

  /** What a plan writes. */
  public static List<OutgoingRecord> of(Plan plan) {
    PlanRecords records = new PlanRecords();
    plan.decisions().forEach(records::add);
    return List.copyOf(records.records);
  }

  private void add(Decision decision) {
    switch (decision) {
      case Decision.PlaceTask d -> task(d.assignment(), d.assigned(), d.verdict());
      case Decision.AdoptTask d -> task(d.assignment(), d.assigned(), d.verdict());
      case Decision.LoseTask d -> task(d.assignment(), d.assigned(), d.verdict());
      case Decision.RefuseTask d -> task(d.memory(), null, d.verdict());
      case Decision.RetireTask d -> task(d.assignment(), null, d.verdict());
      case Decision.QueueTask d -> task(null, null, d.verdict());
      case Decision.StopTask d -> task(null, d.assigned(), null);
      case Decision.ForgetTask d -> {
        task(d.memory(), null, d.verdict());
        if (d.memory() == null) {
          add(Topic.TASK_ASSIGNMENT, d.taskId(), d.cluster(), null);
        }
        if (d.containerInstanceId() != null) {
          add(Topic.TASK_ASSIGNED, d.taskId(), d.containerInstanceId(), null);
        }
      }
      case Decision.EraseVerdict d -> add(Topic.TASK_VERDICT, d.taskId(), d.cluster(), null);
      case Decision.RegisterTarget d -> {
        task(d.assignment(), null, d.verdict());
        target(d.target());
      }
      case Decision.DrainTarget d -> target(d.target());
      case Decision.RemoveTarget d -> {
        task(d.assignment(), null, null);
        add(Topic.TARGET_DESIRED, d.targetKey(), d.targetKey(), null);
      }
      case Decision.ReportService d ->
          add(
              Topic.SERVICE_STATUS,
              Keys.service(d.status().cluster(), d.status().serviceName()),
              d.status().cluster(),
              d.status());
      case Decision.ForgetService d ->
          add(Topic.SERVICE_STATUS, Keys.service(d.cluster(), d.serviceName()), d.cluster(), null);
      case Decision.TellCapacity d ->
          add(Topic.CAPACITY_EVENT, d.event().cluster(), d.event().cluster(), d.event());
      case Decision.Say d ->
          add(
              Topic.SERVICE_EVENT,
              Keys.service(d.event().cluster(), d.event().serviceName()),
              d.event().cluster(),
              d.event());
    }
  }

  private void task(TaskAssignment assignment, TaskAssigned assigned, TaskVerdict verdict) {
    if (assignment != null) {
      add(Topic.TASK_ASSIGNMENT, assignment.taskId(), assignment.cluster(), assignment);
    }
    if (assigned != null) {
      add(Topic.TASK_ASSIGNED, assigned.taskId(), assigned.containerInstanceId(), assigned);
    }
    if (verdict != null) {
      add(Topic.TASK_VERDICT, verdict.taskId(), verdict.cluster(), verdict);
    }
  }

  private void target(TargetDesired target) {
    String key = Keys.target(target.targetGroupArn(), target.targetId());
    add(Topic.TARGET_DESIRED, key, key, target);
  }

  private void add(Topic topic, String key, String partitionKey, Object value) {
    records.add(new OutgoingRecord(topic, key, partitionKey, value));
  }
}

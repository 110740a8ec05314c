package dev.berth.scheduler.domain.state;

import dev.berth.contracts.Keys;
import dev.berth.scheduler.domain.Decision;

/** What each kind of decision changes in the state. */
final class DecisionFold {
  private DecisionFold() {}

  static void apply(TaskIndex index, Decision decision) {
    switch (decision) {
      case Decision.PlaceTask d ->
          index.remember(index.task(d.assignment().taskId()), d.assignment());
      case Decision.AdoptTask d ->
          index.remember(index.task(d.assignment().taskId()), d.assignment());
      case Decision.RetireTask d ->
          index.remember(index.task(d.assignment().taskId()), d.assignment());
      case Decision.LoseTask d -> {
        TaskState task = index.task(d.assignment().taskId());
        task.stopWasSent();
        index.remember(task, d.assignment());
      }
      case Decision.RefuseTask d -> {
        TaskState task = index.task(d.verdict().taskId());
        task.wasDecided();
        if (d.memory() != null) {
          index.remember(task, d.memory());
        }
      }
      case Decision.QueueTask d ->
          index.task(d.verdict().taskId()).wasQueued(d.verdict().capacityProviderName());
      case Decision.StopTask d -> index.task(d.assigned().taskId()).stopWasSent();
      case Decision.ForgetTask d -> {
        TaskState task = index.task(d.taskId());
        task.wasDecided();
        index.remember(task, d.memory());
      }
      case Decision.EraseVerdict d -> index.erase(d.taskId());
      case Decision.RegisterTarget d ->
          index.remember(index.task(d.target().taskId()), d.assignment());
      case Decision.DrainTarget d ->
          index
              .task(d.target().taskId())
              .drains(Keys.target(d.target().targetGroupArn(), d.target().targetId()));
      case Decision.RemoveTarget d ->
          index.remember(index.task(d.assignment().taskId()), d.assignment());
      case Decision.ReportService d ->
          index.services.get(d.status().serviceName()).reported = d.status();
      case Decision.ForgetService d -> index.services.remove(d.serviceName());
      case Decision.TellCapacity d -> {
        // Asked for once; who asks remembers it.
      }
      case Decision.Say d -> {
        // What was said is remembered where it is decided whether to say it.
      }
    }
  }
}

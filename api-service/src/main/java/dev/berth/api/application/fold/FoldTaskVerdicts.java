package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.api.domain.fold.TaskFold;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskVerdict;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Folds what the scheduler decided about tasks. */
@ApplicationScoped
public class FoldTaskVerdicts {
  private final Folding folding;
  private final EventScope scope;
  private final Clock clock;

  public FoldTaskVerdicts(Folding folding, EventScope scope, Clock clock) {
    this.folding = folding;
    this.scope = scope;
    this.clock = clock;
  }

  /**
   * Folds verdicts in the order in which they were written.
   *
   * @param erased the tasks whose verdict the scheduler has erased after those
   */
  public Uni<Void> fold(List<TaskVerdict> verdicts, Set<String> erased) {
    Map<String, String> clusters = new HashMap<>();
    verdicts.forEach(v -> clusters.put(v.taskId(), v.cluster()));
    return folding.run(
        "task-verdict",
        rows -> rows.tasks().lock(clusters).chain(known -> apply(rows, known, verdicts, erased)));
  }

  private Uni<FoldEffects> apply(
      FoldRows rows, Map<String, TaskRow> known, List<TaskVerdict> verdicts, Set<String> erased) {
    Instant now = clock.instant();
    Map<String, TaskRow> changed = new LinkedHashMap<>();
    List<ClusterEvent> events = new ArrayList<>();
    Set<String> decided = new HashSet<>();
    Set<String> gone = new HashSet<>();
    for (TaskVerdict verdict : verdicts) {
      if (!known.containsKey(verdict.taskId()) && erased.contains(verdict.taskId())) {
        continue; // read again, long after the task was over
      }
      TaskRow before = changed.getOrDefault(verdict.taskId(), known.get(verdict.taskId()));
      TaskFold.verdict(before, verdict)
          .ifPresent(
              after -> {
                if (after.desiredStatus() == TaskLifecycle.STOPPED && TaskFold.isHearsay(after)) {
                  changed.remove(after.id());
                  gone.add(after.id());
                  return;
                }
                gone.remove(after.id());
                changed.put(after.id(), after);
                StateChangeEvents.task(before, after, scope, now).ifPresent(events::add);
                if (after.serviceName() == null) {
                  decided.add(after.id());
                }
              });
    }
    return rows.tasks()
        .saveVerdicts(changed.values())
        .chain(() -> rows.tasks().forget(union(erased, gone)))
        .chain(() -> rows.append(events))
        .replaceWith(new FoldEffects(!events.isEmpty(), decided));
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}

package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.api.domain.fold.TaskFold;
import dev.berth.api.domain.fold.TaskRow;
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

  /** Folds verdicts in the order in which they were written. */
  public Uni<Void> fold(List<TaskVerdict> verdicts) {
    Map<String, String> clusters = new HashMap<>();
    verdicts.forEach(v -> clusters.put(v.taskId(), v.cluster()));
    return folding.run(
        "task-verdict",
        rows -> rows.tasks().lock(clusters).chain(known -> apply(rows, known, verdicts)));
  }

  private Uni<FoldEffects> apply(
      FoldRows rows, Map<String, TaskRow> known, List<TaskVerdict> verdicts) {
    Instant now = clock.instant();
    Map<String, TaskRow> changed = new LinkedHashMap<>();
    List<ClusterEvent> events = new ArrayList<>();
    Set<String> decided = new HashSet<>();
    for (TaskVerdict verdict : verdicts) {
      TaskRow before = changed.getOrDefault(verdict.taskId(), known.get(verdict.taskId()));
      TaskFold.verdict(before, verdict)
          .ifPresent(
              after -> {
                changed.put(after.id(), after);
                StateChangeEvents.task(before, after, scope, now).ifPresent(events::add);
                if (after.serviceName() == null) {
                  decided.add(after.id());
                }
              });
    }
    return rows.tasks()
        .saveVerdicts(changed.values())
        .chain(() -> rows.append(events))
        .replaceWith(new FoldEffects(!events.isEmpty(), decided));
  }
}

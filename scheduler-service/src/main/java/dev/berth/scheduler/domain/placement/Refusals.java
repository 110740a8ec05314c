package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.task.RefusalReason;
import dev.berth.scheduler.domain.state.InstanceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explains why no instance does. */
final class Refusals {
  private Refusals() {}

  static Refusal explain(Collection<InstanceState> instances, Requirements requirements) {
    if (instances.isEmpty()) {
      return new Refusal(
          0,
          List.of(
              new RefusalReason(
                  "EMPTY CAPACITY", "No Container Instances were found in your cluster.", 0)),
          true,
          "Reason: No Container Instances were found in your cluster.");
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, String> details = new LinkedHashMap<>();
    boolean canWaitHelp = false;
    InstanceState closest = null;
    int furthest = -1;
    for (InstanceState instance : instances) {
      int position = requirements.firstLacking(instance);
      if (position < 0) {
        continue;
      }
      Shortfall shortfall = requirements.lacking(position, instance);
      counts.merge(shortfall.code(), 1, Integer::sum);
      details.putIfAbsent(shortfall.code(), instance.id() + ": " + shortfall.detail());
      canWaitHelp |= requirements.waitingHelps(instance);
      if (position > furthest) {
        furthest = position;
        closest = instance;
      }
    }
    List<RefusalReason> reasons = new ArrayList<>();
    counts.forEach((code, count) -> reasons.add(new RefusalReason(code, details.get(code), count)));
    reasons.sort(Comparator.comparingInt(RefusalReason::instances).reversed());
    String sentence =
        closest == null
            ? "Reason: no container instance was left."
            : "The closest matching (container-instance %s) %s: %s."
                .formatted(
                    closest.id(),
                    requirements.lacking(furthest, closest).closest(),
                    requirements.lacking(furthest, closest).detail());
    return new Refusal(
        instances.size(),
        reasons,
        canWaitHelp,
        sentence + (canWaitHelp ? " Waiting may help." : " Waiting will not help."));
  }
}

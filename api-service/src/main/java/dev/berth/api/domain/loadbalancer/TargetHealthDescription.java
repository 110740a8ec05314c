package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A target and its health (ELBv2: TargetHealthDescription). */
public record TargetHealthDescription(Target target, Health targetHealth) {

  /** A target: a task's port ({@code taskId:containerPort}) or one registered by hand. */
  public record Target(String id, String host, Integer port) {}

  /** ELBv2's state in lower case; {@code reason} is its code, such as Target.Timeout. */
  public record Health(String state, String reason, String description) {}

  /**
   * The targets of a group. What several load balancers say of one target is made one word: the
   * best of it, since each sends its own requests only where it found health.
   */
  public static List<TargetHealthDescription> of(TargetGroup group, List<TargetHealth> health) {
    Map<String, TargetHealth> best = new LinkedHashMap<>();
    for (TargetHealth one : health) {
      best.merge(
          one.targetId(),
          one,
          (first, second) ->
              Comparator.comparingInt(TargetHealthDescription::rank).compare(first, second) <= 0
                  ? first
                  : second);
    }
    List<TargetHealthDescription> descriptions = new ArrayList<>();
    for (ManualTarget manual : group.desired().targets()) {
      TargetHealth seen = best.remove(manual.id());
      descriptions.add(
          new TargetHealthDescription(
              new Target(manual.id(), manual.host(), manual.port()),
              seen == null
                  ? new Health("unused", "Target.NotInUse", "No load balancer has checked it yet.")
                  : state(seen)));
    }
    best.values()
        .forEach(
            seen -> {
              if (seen.state() != TargetHealthState.DRAINED) {
                descriptions.add(
                    new TargetHealthDescription(
                        new Target(seen.targetId(), null, port(seen.targetId())), state(seen)));
              }
            });
    return descriptions;
  }

  private static Health state(TargetHealth seen) {
    return new Health(
        seen.state().name().toLowerCase(Locale.ROOT), seen.reason(), seen.description());
  }

  private static Integer port(String targetId) {
    String text = targetId.substring(targetId.lastIndexOf(':') + 1);
    return text.matches("\\d{1,5}") ? Integer.valueOf(text) : null;
  }

  private static int rank(TargetHealth health) {
    return switch (health.state()) {
      case HEALTHY -> 0;
      case INITIAL -> 1;
      case UNHEALTHY -> 2;
      case DRAINING -> 3;
      case DRAINED -> 4;
    };
  }
}

package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A target and its health (ELBv2: TargetHealthDescription).
 *
 * @param healthCheckPort the port that is checked
 */
public record TargetHealthDescription(Target target, String healthCheckPort, Health targetHealth) {

  /**
   * A target. Its {@code id} is, as in ELBv2, the address for target type ip and the container
   * instance for target type instance.
   *
   * @param targetId the target's own name: a task's port ({@code taskId:containerPort}) or what was
   *     registered by hand
   */
  public record Target(
      String id, String host, Integer port, String availabilityZone, String targetId) {}

  /** ELBv2's state in lower case; {@code reason} is its code, such as Target.Timeout. */
  public record Health(String state, String reason, String description) {}

  private static final Comparator<TargetHealth> BEST =
      Comparator.comparing(TargetHealth::outdated).thenComparingInt(TargetHealthDescription::rank);

  /**
   * The targets of a group. What several load balancers say of one target is made one word: the
   * best of it, since each sends its own requests only where it found health. One that has gone is
   * heard only of targets registered by hand, and only where nobody else has said anything yet.
   */
  public static List<TargetHealthDescription> of(TargetGroup group, List<TargetHealth> health) {
    Map<String, TargetHealth> best = new LinkedHashMap<>();
    for (TargetHealth one : health) {
      best.merge(
          one.targetId(),
          one,
          (first, second) -> BEST.compare(first, second) <= 0 ? first : second);
    }
    List<TargetHealthDescription> descriptions = new ArrayList<>();
    String checked = group.desired().healthCheck().port();
    for (ManualTarget manual : group.desired().targets()) {
      TargetHealth seen = best.remove(manual.id());
      descriptions.add(
          new TargetHealthDescription(
              new Target(
                  TargetGroupChanges.named(manual),
                  manual.host(),
                  manual.port(),
                  manual.availabilityZone(),
                  manual.id()),
              port(checked, manual.port()),
              seen == null
                  ? new Health(
                      "unused",
                      "Target.NotInUse",
                      "Target group is not configured to receive traffic from the load balancer")
                  : state(seen)));
    }
    for (TargetHealth seen : best.values()) {
      if (seen.state() != TargetHealthState.DRAINED && !seen.outdated()) {
        Integer port = seen.port() == null ? port(seen.targetId()) : seen.port();
        descriptions.add(
            new TargetHealthDescription(
                new Target(
                    shownId(group, seen),
                    seen.host(),
                    port,
                    seen.availabilityZone(),
                    seen.targetId()),
                port(checked, port),
                state(seen)));
      }
    }
    return descriptions;
  }

  /** A target that was asked for and isn't there. */
  public static TargetHealthDescription notRegistered(TargetDescription asked) {
    return new TargetHealthDescription(
        new Target(asked.id(), null, asked.port(), asked.availabilityZone(), null),
        asked.port() == null ? null : String.valueOf(asked.port()),
        new Health(
            "unused", "Target.NotRegistered", "Target is not registered to the target group"));
  }

  private static String shownId(TargetGroup group, TargetHealth seen) {
    if (group.targetType().equals("instance") && seen.instanceId() != null) {
      return seen.instanceId();
    }
    return seen.host() == null ? seen.targetId() : seen.host();
  }

  private static String port(String checked, Integer own) {
    return "traffic-port".equals(checked) ? String.valueOf(own) : checked;
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

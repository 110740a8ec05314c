package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.cluster.CapacityEvent;
import dev.berth.contracts.cluster.CapacityEventName;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.Resources;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.placement.Refusal;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Tells whoever adds machines what waits for room (ECS: cluster auto scaling,
 * CapacityProviderReservation). Somebody else adds them: the scheduler only says what is missing.
 */
final class CapacityNeed {
  private static final Duration REPEAT = Duration.ofMinutes(1);

  private final Planning planning;

  CapacityNeed(Planning planning) {
    this.planning = planning;
  }

  /**
   * Tasks that wait.
   *
   * @param serviceName null for one-off tasks
   * @param provider null when any instance would do
   */
  record Waiting(String serviceName, String group, String provider, Resources needs, int count) {
    String who() {
      return CapacityNeed.who(serviceName, group);
    }
  }

  /** Who waits, as {@link Waits} calls it. */
  static String who(String serviceName, String group) {
    return serviceName == null ? "group " + group : "service " + serviceName;
  }

  /**
   * Whether it is time to ask for more; what then follows is {@link #more}. Until all instances
   * have told what they run nobody knows whether there is too little.
   */
  boolean isDue(Waiting waiting) {
    return !planning.state().hearing().isRecovering()
        && waits().mayAsk(waiting.who(), waiting.provider(), planning.now(), REPEAT);
  }

  private Waits waits() {
    return planning.state().attention().waits();
  }

  /** There is too little. */
  void more(Waiting waiting, Refusal refusal) {
    int instances = 0;
    int fitting = 0;
    for (InstanceState instance : planning.state().instances()) {
      if (instance.wanted() == InstanceStatusName.ACTIVE
          && !instance.isLost()
          && (waiting.provider() == null
              || instance.desired().capacityProviders().contains(waiting.provider()))) {
        instances++;
        fitting = Math.max(fitting, fitting(instance, waiting.needs()));
      }
    }
    int needed = instances + Math.ceilDiv(waiting.count(), Math.max(1, fitting));
    double reservation = instances == 0 ? 200 : 100.0 * needed / instances;
    tell(
        CapacityEventName.CAPACITY_INSUFFICIENT,
        waiting,
        instances,
        needed,
        reservation,
        refusal,
        "%d tasks of %s wait for room. %s"
            .formatted(waiting.count(), waiting.group(), refusal.sentence()));
  }

  /**
   * What waited has its room, or is wanted no more.
   *
   * @param lacking the capacity providers for which more still waits
   */
  void enough(String serviceName, String group, Set<String> lacking) {
    for (String provider : waits().stopAsking(who(serviceName, group), lacking)) {
      tell(
          CapacityEventName.CAPACITY_SUFFICIENT,
          new Waiting(serviceName, group, provider, null, 0),
          0,
          0,
          null,
          null,
          "Tasks of %s wait no more.".formatted(group));
    }
  }

  private static int fitting(InstanceState instance, Resources needs) {
    if (instance.status() == null || instance.status().registeredResources() == null) {
      return 0;
    }
    Resources whole = instance.status().registeredResources();
    int byCpu = needs.cpu() == 0 ? Integer.MAX_VALUE : whole.cpu() / needs.cpu();
    int byMemory = needs.memory() == 0 ? Integer.MAX_VALUE : whole.memory() / needs.memory();
    int byGpu = needs.gpus() == 0 ? Integer.MAX_VALUE : whole.gpus() / needs.gpus();
    int byPort = needs.hostPorts().isEmpty() ? Integer.MAX_VALUE : 1;
    return Math.min(Math.min(byCpu, byMemory), Math.min(byGpu, byPort));
  }

  private void tell(
      CapacityEventName name,
      Waiting waiting,
      int instances,
      int needed,
      Double reservation,
      Refusal refusal,
      String message) {
    ClusterDesired cluster = planning.state().desired();
    planning.decide(
        new Decision.TellCapacity(
            new CapacityEvent(
                planning.ids().nextEventId(),
                planning.state().cluster(),
                cluster == null ? null : cluster.clusterArn(),
                name,
                waiting.provider(),
                groupArn(cluster, waiting.provider()),
                waiting.serviceName(),
                waiting.group(),
                waiting.needs(),
                waiting.count(),
                instances,
                needed,
                reservation,
                refusal == null ? List.of() : refusal.reasons(),
                message,
                planning.now())));
  }

  private static String groupArn(ClusterDesired cluster, String provider) {
    if (cluster == null || provider == null) {
      return null;
    }
    for (CapacityProvider known : cluster.capacityProviderDetails()) {
      if (provider.equals(known.name()) && known.autoScalingGroupProvider() != null) {
        return known.autoScalingGroupProvider().autoScalingGroupArn();
      }
    }
    return null;
  }
}

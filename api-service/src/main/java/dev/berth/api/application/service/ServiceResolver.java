package dev.berth.api.application.service;

import dev.berth.api.application.taskdefinition.UsableTaskDefinition;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.service.ResolvedRequest;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceRequest;
import dev.berth.api.domain.service.ServiceRules;
import dev.berth.api.domain.service.ServiceUpdate;
import dev.berth.api.domain.service.TaskSetRequest;
import dev.berth.api.domain.task.FargateRules;
import dev.berth.api.domain.task.StrategyRules;
import dev.berth.api.domain.task.StrategyRules.Capacity;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.TaskDefinition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Finds what requests about services and task sets name, and checks that it goes together. */
@ApplicationScoped
public class ServiceResolver {
  private final UsableTaskDefinition definitions;
  private final ServiceTargets targets;

  public ServiceResolver(UsableTaskDefinition definitions, ServiceTargets targets) {
    this.definitions = definitions;
    this.targets = targets;
  }

  Uni<ResolvedRequest> resolve(ClusterDesired cluster, ServiceRequest request) {
    Capacity capacity = capacity(cluster, request);
    FargateRules.placement(
        capacity,
        request.placementConstraints(),
        request.placementStrategy(),
        request.platformVersion());
    return found(
        request.taskDefinition(),
        null,
        request.loadBalancers(),
        request.loadBalancers(),
        request.networkConfiguration(),
        request.volumeConfigurations(),
        capacity,
        true);
  }

  /**
   * A daemon runs on every instance: the cluster's default strategy is not for it (ECS refuses).
   */
  private static Capacity capacity(ClusterDesired cluster, ServiceRequest request) {
    boolean daemon = request.schedulingStrategy() == SchedulingStrategy.DAEMON;
    return daemon && request.launchType() == null
        ? new Capacity("EC2", List.of())
        : StrategyRules.of(request.launchType(), request.capacityProviderStrategy(), cluster);
  }

  Uni<ResolvedRequest> resolve(ClusterDesired cluster, Service service, ServiceUpdate update) {
    ServiceDesired desired = service.desired();
    List<CapacityProviderStrategyItem> asked = update.capacityProviderStrategy();
    Capacity capacity =
        asked == null
            ? new Capacity(
                desired.capacityProviderStrategy().isEmpty() ? launchType(service) : null,
                desired.capacityProviderStrategy())
            : StrategyRules.of(null, asked, cluster);
    FargateRules.placement(
        capacity,
        update.placementConstraints() == null
            ? desired.placementConstraints()
            : update.placementConstraints(),
        update.placementStrategy() == null
            ? desired.placementStrategy()
            : update.placementStrategy(),
        update.platformVersion());
    return found(
        update.taskDefinition(),
        service.primary().map(primary -> primary.taskDefinition()).orElse(null),
        update.loadBalancers(),
        update.loadBalancers() == null ? desired.loadBalancers() : update.loadBalancers(),
        update.networkConfiguration(),
        update.volumeConfigurations(),
        capacity,
        asked != null);
  }

  Uni<ResolvedRequest> resolve(ClusterDesired cluster, Service service, TaskSetRequest request) {
    boolean open = request.launchType() == null && request.capacityProviderStrategy() == null;
    Capacity capacity =
        open && service.desired().launchType() != null
            ? new Capacity(service.desired().launchType(), List.of())
            : open && !service.desired().capacityProviderStrategy().isEmpty()
                ? new Capacity(null, service.desired().capacityProviderStrategy())
                : StrategyRules.of(
                    request.launchType(), request.capacityProviderStrategy(), cluster);
    return found(
        request.taskDefinition(),
        null,
        request.loadBalancers(),
        request.loadBalancers(),
        request.networkConfiguration(),
        null,
        capacity,
        true);
  }

  /**
   * Finds and checks.
   *
   * @param asked the revision to change to, or null
   * @param present the revision there is, or null
   * @param askedTargets what to change the targets to, or null
   * @param effectiveTargets the targets that there will be
   * @param volumes how volumes are configured at launch, or null
   */
  private Uni<ResolvedRequest> found(
      String asked,
      TaskDefinition present,
      List<ServiceLoadBalancer> askedTargets,
      List<ServiceLoadBalancer> effectiveTargets,
      NetworkConfiguration network,
      List<Map<String, Object>> volumes,
      Capacity capacity,
      boolean capacityAsked) {
    Uni<RegisteredTaskDefinition> revision =
        asked == null ? Uni.createFrom().nullItem() : definitions.active("taskDefinition", asked);
    return revision.chain(
        found -> {
          TaskDefinition definition = found == null ? present : found.definition();
          Violations violations = new Violations();
          if (definition != null) {
            FargateRules.fits(definition, capacity);
            ServiceRules.fits(definition, effectiveTargets, network, volumes, violations);
          }
          return targets
              .resolved(askedTargets, violations)
              .invoke(violations::throwIfAny)
              .map(
                  resolved ->
                      new ResolvedRequest(
                          found == null ? null : found.definition(),
                          found == null ? null : found.tags(),
                          resolved,
                          capacityAsked ? capacity.launchType() : null,
                          capacityAsked ? capacity.strategy() : null));
        });
  }

  private static String launchType(Service service) {
    return service.desired().launchType() != null
        ? service.desired().launchType()
        : service.primary().map(primary -> primary.launchType()).orElse("EC2");
  }
}

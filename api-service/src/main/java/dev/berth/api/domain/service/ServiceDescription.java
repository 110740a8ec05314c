package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A service as the API shows it (ECS: Service). What was asked is shown as asked, even before the
 * scheduler has heard of it; the counts are the newest the scheduler gave.
 *
 * @param events newest first
 */
public record ServiceDescription(
    String serviceArn,
    String serviceName,
    String clusterArn,
    ServiceStatusName status,
    int desiredCount,
    int runningCount,
    int pendingCount,
    String launchType,
    String taskDefinition,
    SchedulingStrategy schedulingStrategy,
    DeploymentConfiguration deploymentConfiguration,
    List<DeploymentDescription> deployments,
    List<ServiceLoadBalancer> loadBalancers,
    Integer healthCheckGracePeriodSeconds,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String propagateTags,
    boolean enableExecuteCommand,
    List<Event> events,
    List<Tag> tags,
    Instant createdAt) {

  /** A sentence about the service (ECS: ServiceEvent). */
  public record Event(String id, Instant createdAt, String message) {}

  /** Merges what was asked with what the scheduler said. */
  public static ServiceDescription of(Service service, List<Event> events) {
    ServiceDesired desired = service.desired();
    ServiceStatus seen = service.seen();
    Map<String, DeploymentState> states =
        seen == null
            ? Map.of()
            : seen.deployments().stream()
                .collect(
                    Collectors.toMap(
                        DeploymentState::id, Function.identity(), (first, second) -> first));
    DeploymentDesired primary = desired.deployments().getFirst();
    boolean gone = desired.status() == ServiceStatusName.INACTIVE;
    return new ServiceDescription(
        desired.serviceArn(),
        desired.serviceName(),
        desired.clusterArn(),
        desired.status(),
        desired.desiredCount(),
        seen == null || gone ? 0 : seen.runningCount(),
        seen == null || gone ? 0 : seen.pendingCount(),
        primary.launchType(),
        primary.taskDefinition().taskDefinitionArn(),
        desired.schedulingStrategy(),
        desired.deploymentConfiguration(),
        gone
            ? List.of()
            : desired.deployments().stream()
                .map(deployment -> deployment(service, deployment, states.get(deployment.id())))
                .toList(),
        desired.loadBalancers(),
        desired.healthCheckGracePeriodSeconds(),
        primary.networkConfiguration(),
        desired.placementConstraints(),
        desired.placementStrategy(),
        desired.capacityProviderStrategy(),
        desired.propagateTags(),
        desired.enableExecuteCommand(),
        events,
        desired.tags(),
        desired.createdAt());
  }

  private static DeploymentDescription deployment(
      Service service, DeploymentDesired deployment, DeploymentState state) {
    boolean primary = deployment.status() == DeploymentStatus.PRIMARY;
    boolean answered = service.isObserved() && state != null;
    RolloutState rollout =
        answered
            ? state.rolloutState()
            : primary
                ? RolloutState.IN_PROGRESS
                : state == null ? RolloutState.IN_PROGRESS : state.rolloutState();
    return new DeploymentDescription(
        deployment.id(),
        deployment.status(),
        deployment.taskDefinition().taskDefinitionArn(),
        primary ? service.desired().desiredCount() : state == null ? 0 : state.desiredCount(),
        state == null ? 0 : state.pendingCount(),
        state == null ? 0 : state.runningCount(),
        state == null ? 0 : state.failedTasks(),
        rollout,
        answered && state.rolloutStateReason() != null
            ? state.rolloutStateReason()
            : "ECS deployment " + deployment.id() + " " + sentence(rollout),
        deployment.launchType(),
        deployment.networkConfiguration(),
        deployment.createdAt(),
        state == null || state.updatedAt() == null ? deployment.updatedAt() : state.updatedAt());
  }

  private static String sentence(RolloutState state) {
    return switch (state == null ? RolloutState.IN_PROGRESS : state) {
      case IN_PROGRESS -> "in progress.";
      case COMPLETED -> "completed.";
      case FAILED -> "failed.";
    };
  }
}

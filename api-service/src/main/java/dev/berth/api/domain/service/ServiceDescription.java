package dev.berth.api.domain.service;

import dev.berth.api.domain.task.FargateRules;
import dev.berth.api.domain.task.StrategyRules.Capacity;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentController;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service as the API shows it (ECS: Service). What was asked is shown as asked, even before the
 * scheduler has heard of it; the counts are the newest the scheduler gave.
 *
 * @param launchType null beside a capacity provider strategy
 * @param currentServiceDeployment the ARN of the newest service deployment
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
    DeploymentOptions deploymentConfiguration,
    DeploymentController deploymentController,
    List<DeploymentDescription> deployments,
    List<TaskSetDescription> taskSets,
    String currentServiceDeployment,
    List<ServiceDeploymentDescription.RevisionSummary> currentServiceRevisions,
    List<ServiceLoadBalancer> loadBalancers,
    List<Map<String, Object>> serviceRegistries,
    Integer healthCheckGracePeriodSeconds,
    NetworkConfiguration networkConfiguration,
    List<PlacementConstraint> placementConstraints,
    List<PlacementStrategy> placementStrategy,
    List<CapacityProviderStrategyItem> capacityProviderStrategy,
    String platformVersion,
    String platformFamily,
    AvailabilityZoneRebalancing availabilityZoneRebalancing,
    String propagateTags,
    boolean enableECSManagedTags,
    boolean enableExecuteCommand,
    String roleArn,
    String createdBy,
    List<Event> events,
    List<Tag> tags,
    Instant createdAt) {
  private static final String LATEST = "LATEST";

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
    DeploymentDesired primary = service.primary().orElse(null);
    RevisionOptions options =
        primary == null ? RevisionOptions.NONE : service.options().of(primary.id());
    boolean gone = desired.status() == ServiceStatusName.INACTIVE;
    boolean fargate =
        new Capacity(desired.launchType(), desired.capacityProviderStrategy()).isFargate();
    return new ServiceDescription(
        desired.serviceArn(),
        desired.serviceName(),
        desired.clusterArn(),
        desired.status(),
        desiredCount(service),
        seen == null || gone ? 0 : seen.runningCount(),
        seen == null || gone ? 0 : seen.pendingCount(),
        launchType(desired, primary),
        primary == null ? null : primary.taskDefinition().taskDefinitionArn(),
        desired.schedulingStrategy(),
        DeploymentOptions.shown(
            desired.deploymentConfiguration(),
            service.options().lifecycleHooks(),
            desired.deploymentControllerType()),
        new DeploymentController(desired.deploymentControllerType()),
        gone
            ? List.of()
            : desired.deployments().stream()
                .filter(deployment -> isShown(deployment, states.get(deployment.id())))
                .map(deployment -> deployment(service, deployment, states.get(deployment.id())))
                .toList(),
        desired.taskSets().stream().map(set -> TaskSetDescription.of(service, set)).toList(),
        primary == null ? null : primary.serviceDeploymentArn(),
        gone
            ? List.of()
            : desired.deployments().stream()
                .filter(deployment -> deployment.serviceRevisionArn() != null)
                .filter(deployment -> isShown(deployment, states.get(deployment.id())))
                .map(deployment -> revision(desired, deployment, states.get(deployment.id())))
                .toList(),
        desired.loadBalancers(),
        listed(options.serviceRegistries()),
        desired.healthCheckGracePeriodSeconds(),
        primary == null ? null : primary.networkConfiguration(),
        desired.placementConstraints(),
        desired.placementStrategy(),
        absentIfEmpty(desired.capacityProviderStrategy()),
        fargate ? first(desired.platformVersion(), LATEST) : null,
        fargate ? "Linux" : null,
        desired.availabilityZoneRebalancing() == null
            ? AvailabilityZoneRebalancing.DISABLED
            : desired.availabilityZoneRebalancing(),
        desired.propagateTags(),
        Boolean.TRUE.equals(desired.enableECSManagedTags()),
        desired.enableExecuteCommand(),
        service.options().roleArn(),
        service.options().createdBy(),
        events,
        desired.tags(),
        desired.createdAt());
  }

  /** A DAEMON service wants as many as there are instances for it, which the scheduler counts. */
  private static int desiredCount(Service service) {
    ServiceDesired desired = service.desired();
    boolean daemon =
        desired.schedulingStrategy() == SchedulingStrategy.DAEMON
            && desired.status() == ServiceStatusName.ACTIVE;
    return daemon && service.seen() != null
        ? service.seen().desiredCount()
        : desired.desiredCount();
  }

  /** The last completed deployment is kept to go back to; it is shown while it has tasks. */
  private static boolean isShown(DeploymentDesired deployment, DeploymentState state) {
    return deployment.status() == DeploymentStatus.PRIMARY
        || state == null
        || state.runningCount() + state.pendingCount() + state.desiredCount() > 0;
  }

  private static String launchType(ServiceDesired desired, DeploymentDesired primary) {
    if (!desired.capacityProviderStrategy().isEmpty()) {
      return null;
    }
    return desired.launchType() != null || primary == null
        ? desired.launchType()
        : primary.launchType();
  }

  private static ServiceDeploymentDescription.RevisionSummary revision(
      ServiceDesired desired, DeploymentDesired deployment, DeploymentState state) {
    boolean primary = deployment.status() == DeploymentStatus.PRIMARY;
    return new ServiceDeploymentDescription.RevisionSummary(
        deployment.serviceRevisionArn(),
        primary && desired.schedulingStrategy() == SchedulingStrategy.REPLICA
            ? desired.desiredCount()
            : state == null ? 0 : state.desiredCount(),
        state == null ? 0 : state.runningCount(),
        state == null ? 0 : state.pendingCount());
  }

  private static DeploymentDescription deployment(
      Service service, DeploymentDesired deployment, DeploymentState state) {
    boolean primary = deployment.status() == DeploymentStatus.PRIMARY;
    RolloutState rollout = state == null ? RolloutState.IN_PROGRESS : state.rolloutState();
    RevisionOptions options = service.options().of(deployment.id());
    boolean fargate =
        new Capacity(deployment.launchType(), listed(deployment.capacityProviderStrategy()))
            .isFargate();
    return new DeploymentDescription(
        deployment.id(),
        deployment.status(),
        deployment.taskDefinition().taskDefinitionArn(),
        primary && service.desired().schedulingStrategy() == SchedulingStrategy.REPLICA
            ? service.desired().desiredCount()
            : state == null ? 0 : state.desiredCount(),
        state == null ? 0 : state.pendingCount(),
        state == null ? 0 : state.runningCount(),
        state == null ? 0 : state.failedTasks(),
        rollout,
        state != null && state.rolloutStateReason() != null
            ? state.rolloutStateReason()
            : "ECS deployment " + deployment.id() + " " + sentence(rollout),
        deployment.capacityProviderStrategy() == null
                || deployment.capacityProviderStrategy().isEmpty()
            ? deployment.launchType()
            : null,
        absentIfEmpty(deployment.capacityProviderStrategy()),
        fargate ? resolved(deployment.platformVersion()) : null,
        fargate ? "Linux" : null,
        deployment.networkConfiguration(),
        options.serviceConnectConfiguration(),
        options.volumeConfigurations(),
        options.vpcLatticeConfigurations(),
        deployment.createdAt(),
        updatedAt(deployment, state));
  }

  /** A deployment's own times don't tell that it was completed or stopped. */
  private static Instant updatedAt(DeploymentDesired deployment, DeploymentState state) {
    return state == null
        ? deployment.updatedAt()
        : Stream.of(
                first(state.updatedAt(), deployment.updatedAt()),
                state.completedAt(),
                state.stoppedAt())
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
  }

  /** ECS: what LATEST stands for, the version that tasks have. */
  private static String resolved(String platformVersion) {
    return platformVersion == null || platformVersion.equals(LATEST)
        ? FargateRules.NEWEST
        : platformVersion;
  }

  private static <T> T first(T value, T otherwise) {
    return value != null ? value : otherwise;
  }

  private static <T> List<T> absentIfEmpty(List<T> list) {
    return list == null || list.isEmpty() ? null : list;
  }

  private static <T> List<T> listed(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static String sentence(RolloutState state) {
    return switch (state == null ? RolloutState.IN_PROGRESS : state) {
      case IN_PROGRESS -> "in progress.";
      case COMPLETED -> "completed.";
      case FAILED -> "failed.";
    };
  }
}

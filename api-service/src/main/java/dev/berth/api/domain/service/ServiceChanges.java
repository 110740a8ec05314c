package dev.berth.api.domain.service;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentController;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.StopDeployment;
import dev.berth.contracts.service.StopType;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What creating, updating and deleting make of a service. A deployment is made here and now, in the
 * transaction of the request, so that whoever asks next sees it IN_PROGRESS and never yesterday's
 * stability.
 */
public final class ServiceChanges {
  private static final DeploymentConfiguration REPLICA =
      new DeploymentConfiguration(100, 200, null, null, null, null);
  private static final DeploymentConfiguration DAEMON =
      new DeploymentConfiguration(0, 100, null, null, null, null);

  private ServiceChanges() {}

  /**
   * A new service with its first deployment; with the EXTERNAL controller there is none, since task
   * sets follow. The request has passed {@link ServiceRules}.
   *
   * @param found what the request names; its definition is null for the EXTERNAL controller
   * @param createdBy who asked, as an ARN, or null
   */
  public static Service created(
      ServiceRequest request,
      ResolvedRequest found,
      String cluster,
      Identity identity,
      String serviceId,
      NewDeployment names,
      String createdBy,
      long version,
      Instant now) {
    String clusterArn = identity.clusterArn(cluster);
    boolean external = request.controller() == DeploymentControllerType.EXTERNAL;
    SchedulingStrategy scheduling =
        request.schedulingStrategy() == null
            ? SchedulingStrategy.REPLICA
            : request.schedulingStrategy();
    boolean managedTags = Boolean.TRUE.equals(request.enableECSManagedTags());
    String propagate = request.propagateTags() == null ? "NONE" : request.propagateTags();
    String platformVersion = platformVersion(request.platformVersion(), found.launchType());
    List<Tag> taskTags =
        TaskTags.of(
            propagate,
            found.definitionTags(),
            request.tags(),
            null,
            managedTags,
            cluster,
            request.serviceName());
    List<DeploymentDesired> deployments =
        external
            ? List.of()
            : List.of(
                new DeploymentDesired(
                    names.deploymentId(),
                    DeploymentStatus.PRIMARY,
                    found.definition(),
                    used(request.networkConfiguration()),
                    found.launchType(),
                    now,
                    now,
                    names.serviceRevisionArn(),
                    names.serviceDeploymentArn(),
                    found.loadBalancers() == null ? List.of() : found.loadBalancers(),
                    found.capacityProviderStrategy() == null
                        ? List.of()
                        : found.capacityProviderStrategy(),
                    platformVersion,
                    null,
                    null,
                    taskTags));
    DeploymentConfiguration base = scheduling == SchedulingStrategy.DAEMON ? DAEMON : REPLICA;
    DeploymentOptions options = request.deploymentConfiguration();
    ServiceDesired desired =
        new ServiceDesired(
            cluster,
            request.serviceName(),
            serviceId,
            version,
            identity.installationId(),
            Arns.service(clusterArn, request.serviceName()),
            clusterArn,
            ServiceStatusName.ACTIVE,
            scheduling,
            request.desiredCount() == null ? 0 : request.desiredCount(),
            options == null ? base : options.over(base),
            deployments,
            found.loadBalancers(),
            request.healthCheckGracePeriodSeconds(),
            request.placementConstraints(),
            request.placementStrategy(),
            found.capacityProviderStrategy(),
            propagate,
            request.tags(),
            Boolean.TRUE.equals(request.enableExecuteCommand()),
            now,
            rebalancing(request, scheduling, found.launchType()),
            new DeploymentController(request.controller()),
            List.of(),
            null,
            found.launchType(),
            platformVersion,
            managedTags);
    RevisionOptions revision =
        new RevisionOptions(
            request.serviceRegistries(),
            request.serviceConnectConfiguration(),
            request.volumeConfigurations(),
            request.vpcLatticeConfigurations(),
            taskTags);
    ServiceOptions kept =
        new ServiceOptions(
            request.role(), createdBy, options == null ? null : options.lifecycleHooks(), null);
    return new Service(desired, kept.with(names.deploymentId(), revision, Set.of()), null, null);
  }

  /**
   * A changed service. A new deployment is made when what its tasks are changes, or when it is
   * forced; a change of counts or of the way to place goes on with the one there is.
   *
   * @param found what the update names; null members keep what there is
   * @param names of the deployment, should one be made
   */
  public static Service updated(
      Service service,
      ServiceUpdate update,
      ResolvedRequest found,
      NewDeployment names,
      long version,
      Instant now) {
    ServiceDesired desired = service.desired();
    String propagate =
        update.propagateTags() == null ? desired.propagateTags() : update.propagateTags();
    boolean managed =
        update.enableECSManagedTags() == null
            ? Boolean.TRUE.equals(desired.enableECSManagedTags())
            : update.enableECSManagedTags();
    DeploymentOptions asked = update.deploymentConfiguration();
    boolean strategyAsked = found.capacityProviderStrategy() != null;
    String launchType = strategyAsked ? found.launchType() : desired.launchType();
    String platform =
        update.platformVersion() == null ? desired.platformVersion() : update.platformVersion();
    ServiceWish wish =
        ServiceWish.of(desired)
            .version(version)
            .desiredCount(update.desiredCount())
            .deploymentConfiguration(
                asked == null ? null : asked.over(desired.deploymentConfiguration()))
            .loadBalancers(found.loadBalancers())
            .healthCheckGracePeriodSeconds(update.healthCheckGracePeriodSeconds())
            .placementConstraints(update.placementConstraints())
            .placementStrategy(update.placementStrategy())
            .capacityProviderStrategy(found.capacityProviderStrategy())
            .launchType(launchType)
            .platformVersion(platform)
            .propagateTags(propagate)
            .enableEcsManagedTags(managed)
            .availabilityZoneRebalancing(update.availabilityZoneRebalancing())
            .enableExecuteCommand(update.enableExecuteCommand());
    ServiceOptions options =
        service.options().withLifecycleHooks(asked == null ? null : asked.lifecycleHooks());
    DeploymentDesired primary = service.primary().orElse(null);
    if (primary != null && isNewDeployment(service, primary, update, found, platform)) {
      TaskDefinition definition =
          found.definition() == null ? primary.taskDefinition() : found.definition();
      NetworkConfiguration network =
          used(update.networkConfiguration()) == null
              ? primary.networkConfiguration()
              : update.networkConfiguration();
      List<Tag> taskTags =
          found.definition() == null && "TASK_DEFINITION".equals(propagate)
              ? primary.taskTags()
              : TaskTags.of(
                  propagate,
                  found.definitionTags(),
                  desired.tags(),
                  null,
                  managed,
                  desired.cluster(),
                  desired.serviceName());
      DeploymentDesired made =
          new DeploymentDesired(
              names.deploymentId(),
              DeploymentStatus.PRIMARY,
              definition,
              network,
              launchType == null && !strategyAsked && desired.launchType() == null
                  ? primary.launchType()
                  : launchType,
              now,
              now,
              names.serviceRevisionArn(),
              names.serviceDeploymentArn(),
              found.loadBalancers() == null ? desired.loadBalancers() : found.loadBalancers(),
              strategyAsked ? found.capacityProviderStrategy() : desired.capacityProviderStrategy(),
              platform,
              null,
              null,
              taskTags);
      wish = wish.deployments(Deployments.withNew(made, desired.deployments(), now));
      options =
          options.with(
              names.deploymentId(),
              options.of(primary.id()).with(update).withTaskTags(taskTags),
              desired.deployments().stream()
                  .map(DeploymentDesired::id)
                  .collect(Collectors.toSet()));
    }
    return service.with(wish.build()).with(options);
  }

  /** A service on its way out: it wants no tasks any more. */
  public static Service draining(Service service, long version) {
    return service.with(
        ServiceWish.of(service.desired())
            .version(version)
            .status(ServiceStatusName.DRAINING)
            .desiredCount(0)
            .build());
  }

  /** A service one of whose deployments is to stop. */
  public static Service stopping(
      Service service, String deploymentId, StopType type, long version, Instant now) {
    return service.with(
        ServiceWish.of(service.desired())
            .version(version)
            .stopDeployment(new StopDeployment(deploymentId, type, now))
            .build());
  }

  private static boolean isNewDeployment(
      Service service,
      DeploymentDesired primary,
      ServiceUpdate update,
      ResolvedRequest found,
      String platform) {
    ServiceDesired desired = service.desired();
    RevisionOptions before = service.options().of(primary.id());
    boolean otherDefinition =
        found.definition() != null
            && !found
                .definition()
                .taskDefinitionArn()
                .equals(primary.taskDefinition().taskDefinitionArn());
    boolean otherNetwork =
        used(update.networkConfiguration()) != null
            && !update.networkConfiguration().equals(primary.networkConfiguration());
    List<CapacityProviderStrategyItem> strategy = found.capacityProviderStrategy();
    List<ServiceLoadBalancer> balancers = found.loadBalancers();
    return Boolean.TRUE.equals(update.forceNewDeployment())
        || otherDefinition
        || otherNetwork
        || (balancers != null && !balancers.equals(desired.loadBalancers()))
        || (strategy != null && !strategy.equals(desired.capacityProviderStrategy()))
        || (platform != null && !platform.equals(desired.platformVersion()))
        || !before.with(update).equals(before);
  }

  /** An empty network configuration is none: clients that read it back stumble over it. */
  private static NetworkConfiguration used(NetworkConfiguration asked) {
    return asked == null || asked.awsvpcConfiguration() == null ? null : asked;
  }

  private static String platformVersion(String asked, String launchType) {
    return asked == null && "FARGATE".equals(launchType) ? "LATEST" : asked;
  }

  /** ECS balances zones unless told otherwise, wherever that goes with the rest of the service. */
  private static AvailabilityZoneRebalancing rebalancing(
      ServiceRequest request, SchedulingStrategy scheduling, String launchType) {
    if (request.availabilityZoneRebalancing() != null) {
      return request.availabilityZoneRebalancing();
    }
    DeploymentOptions options = request.deploymentConfiguration();
    boolean fits =
        scheduling == SchedulingStrategy.REPLICA
            && request.controller() == DeploymentControllerType.ECS
            && !"EXTERNAL".equals(launchType)
            && (options == null
                || options.maximumPercent() == null
                || options.maximumPercent() > 100)
            && ServiceRules.spreadsZonesFirst(request.placementStrategy())
            && !ServiceRules.constrainsZones(request.placementConstraints());
    return fits ? AvailabilityZoneRebalancing.ENABLED : AvailabilityZoneRebalancing.DISABLED;
  }
}

package dev.berth.api.domain.service;

import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.StopDeployment;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/** Changes members of a {@link ServiceDesired}, which has too many for naming all of them twice. */
public final class ServiceWish {
  private final ServiceDesired from;
  private long version;
  private ServiceStatusName status;
  private int desiredCount;
  private DeploymentConfiguration deploymentConfiguration;
  private List<DeploymentDesired> deployments;
  private List<ServiceLoadBalancer> loadBalancers;
  private Integer healthCheckGracePeriodSeconds;
  private List<PlacementConstraint> placementConstraints;
  private List<PlacementStrategy> placementStrategy;
  private List<CapacityProviderStrategyItem> capacityProviderStrategy;
  private String propagateTags;
  private List<Tag> tags;
  private boolean enableExecuteCommand;
  private AvailabilityZoneRebalancing availabilityZoneRebalancing;
  private List<TaskSetDesired> taskSets;
  private StopDeployment stopDeployment;
  private String launchType;
  private String platformVersion;
  private Boolean enableEcsManagedTags;

  private ServiceWish(ServiceDesired from) {
    this.from = from;
    version = from.version();
    status = from.status();
    desiredCount = from.desiredCount();
    deploymentConfiguration = from.deploymentConfiguration();
    deployments = from.deployments();
    loadBalancers = from.loadBalancers();
    healthCheckGracePeriodSeconds = from.healthCheckGracePeriodSeconds();
    placementConstraints = from.placementConstraints();
    placementStrategy = from.placementStrategy();
    capacityProviderStrategy = from.capacityProviderStrategy();
    propagateTags = from.propagateTags();
    tags = from.tags();
    enableExecuteCommand = from.enableExecuteCommand();
    availabilityZoneRebalancing = from.availabilityZoneRebalancing();
    taskSets = from.taskSets();
    stopDeployment = from.stopDeployment();
    launchType = from.launchType();
    platformVersion = from.platformVersion();
    enableEcsManagedTags = from.enableECSManagedTags();
  }

  /** Begins with a wish as it is. */
  public static ServiceWish of(ServiceDesired from) {
    return new ServiceWish(from);
  }

  public ServiceWish version(long changed) {
    version = changed;
    return this;
  }

  public ServiceWish status(ServiceStatusName changed) {
    status = changed;
    return this;
  }

  ServiceWish desiredCount(Integer changed) {
    desiredCount = changed == null ? desiredCount : changed;
    return this;
  }

  ServiceWish deploymentConfiguration(DeploymentConfiguration changed) {
    deploymentConfiguration = changed == null ? deploymentConfiguration : changed;
    return this;
  }

  public ServiceWish deployments(List<DeploymentDesired> changed) {
    deployments = changed;
    return this;
  }

  ServiceWish loadBalancers(List<ServiceLoadBalancer> changed) {
    loadBalancers = changed == null ? loadBalancers : changed;
    return this;
  }

  ServiceWish healthCheckGracePeriodSeconds(Integer changed) {
    healthCheckGracePeriodSeconds = changed == null ? healthCheckGracePeriodSeconds : changed;
    return this;
  }

  ServiceWish placementConstraints(List<PlacementConstraint> changed) {
    placementConstraints = changed == null ? placementConstraints : changed;
    return this;
  }

  ServiceWish placementStrategy(List<PlacementStrategy> changed) {
    placementStrategy = changed == null ? placementStrategy : changed;
    return this;
  }

  ServiceWish capacityProviderStrategy(List<CapacityProviderStrategyItem> changed) {
    capacityProviderStrategy = changed == null ? capacityProviderStrategy : changed;
    return this;
  }

  ServiceWish propagateTags(String changed) {
    propagateTags = changed == null ? propagateTags : changed;
    return this;
  }

  ServiceWish tags(List<Tag> changed) {
    tags = changed == null ? tags : changed;
    return this;
  }

  ServiceWish enableExecuteCommand(Boolean changed) {
    enableExecuteCommand = changed == null ? enableExecuteCommand : changed;
    return this;
  }

  ServiceWish availabilityZoneRebalancing(AvailabilityZoneRebalancing changed) {
    availabilityZoneRebalancing = changed == null ? availabilityZoneRebalancing : changed;
    return this;
  }

  public ServiceWish taskSets(List<TaskSetDesired> changed) {
    taskSets = changed;
    return this;
  }

  ServiceWish stopDeployment(StopDeployment changed) {
    stopDeployment = changed;
    return this;
  }

  ServiceWish launchType(String changed) {
    launchType = changed;
    return this;
  }

  ServiceWish platformVersion(String changed) {
    platformVersion = changed;
    return this;
  }

  ServiceWish enableEcsManagedTags(Boolean changed) {
    enableEcsManagedTags = changed == null ? enableEcsManagedTags : changed;
    return this;
  }

  /** The wish with the changes. */
  public ServiceDesired build() {
    return new ServiceDesired(
        from.cluster(),
        from.serviceName(),
        from.serviceId(),
        version,
        from.installationId(),
        from.serviceArn(),
        from.clusterArn(),
        status,
        from.schedulingStrategy(),
        desiredCount,
        deploymentConfiguration,
        deployments,
        loadBalancers,
        healthCheckGracePeriodSeconds,
        placementConstraints,
        placementStrategy,
        capacityProviderStrategy,
        propagateTags,
        tags,
        enableExecuteCommand,
        from.createdAt(),
        availabilityZoneRebalancing,
        from.deploymentController(),
        taskSets,
        stopDeployment,
        launchType,
        platformVersion,
        enableEcsManagedTags);
  }
}

package dev.berth.api.domain.fold;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Instant;
import java.util.List;

/** A service as api-service keeps it: asked, and seen by the scheduler. */
public record ServiceRow(
    String id,
    String cluster,
    String name,
    ServiceStatusName status,
    long version,
    ServiceDesired desired,
    long seenVersion,
    ServiceStatus seen,
    Instant deletedAt) {

  /** The same service with a new version of what is wanted. */
  public ServiceRow withVersion(long newVersion) {
    return new ServiceRow(
        id,
        cluster,
        name,
        status,
        newVersion,
        desired(status, newVersion, desired.deployments()),
        seenVersion,
        seen,
        deletedAt);
  }

  /** What is wanted, with another status, version and list of deployments. */
  ServiceDesired desired(
      ServiceStatusName newStatus, long newVersion, List<DeploymentDesired> deployments) {
    return new ServiceDesired(
        desired.cluster(),
        desired.serviceName(),
        desired.serviceId(),
        newVersion,
        desired.installationId(),
        desired.serviceArn(),
        desired.clusterArn(),
        newStatus,
        desired.schedulingStrategy(),
        desired.desiredCount(),
        desired.deploymentConfiguration(),
        deployments,
        desired.loadBalancers(),
        desired.healthCheckGracePeriodSeconds(),
        desired.placementConstraints(),
        desired.placementStrategy(),
        desired.capacityProviderStrategy(),
        desired.propagateTags(),
        desired.tags(),
        desired.enableExecuteCommand(),
        desired.createdAt(),
        desired.availabilityZoneRebalancing(),
        desired.deploymentController(),
        desired.taskSets(),
        desired.stopDeployment(),
        desired.launchType(),
        desired.platformVersion(),
        desired.enableECSManagedTags());
  }
}

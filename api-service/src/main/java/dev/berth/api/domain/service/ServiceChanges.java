package dev.berth.api.domain.service;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What creating, updating and deleting make of a service. A deployment is made here and now, in the
 * transaction of the request, so that whoever asks next sees it IN_PROGRESS and never yesterday's
 * stability.
 */
public final class ServiceChanges {
  private ServiceChanges() {}

  /** A new service with its first deployment; the request has passed {@link ServiceRules}. */
  public static Service created(
      ServiceRequest request,
      List<ServiceLoadBalancer> loadBalancers,
      String cluster,
      TaskDefinition definition,
      Identity identity,
      String serviceId,
      String deploymentId,
      long version,
      Instant now) {
    String clusterArn = identity.clusterArn(cluster);
    DeploymentDesired deployment =
        new DeploymentDesired(
            deploymentId,
            DeploymentStatus.PRIMARY,
            definition,
            request.networkConfiguration(),
            request.launchType() == null ? "EC2" : request.launchType(),
            now,
            now,
            null,
            null,
            List.of(),
            List.of(),
            null,
            List.of(),
            null,
            List.of());
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
            request.schedulingStrategy() == null
                ? SchedulingStrategy.REPLICA
                : request.schedulingStrategy(),
            request.desiredCount() == null ? 0 : request.desiredCount(),
            completed(request.schedulingStrategy(), request.deploymentConfiguration()),
            List.of(deployment),
            loadBalancers,
            request.healthCheckGracePeriodSeconds(),
            request.placementConstraints(),
            request.placementStrategy(),
            request.capacityProviderStrategy(),
            request.propagateTags() == null ? "NONE" : request.propagateTags(),
            request.tags(),
            Boolean.TRUE.equals(request.enableExecuteCommand()),
            now,
            null,
            null,
            List.of(),
            null,
            null,
            null,
            null);
    return new Service(desired, null, null);
  }

  /**
   * A changed service. A new deployment is made when what its tasks are changes, or when it is
   * forced; a change of counts or of the way to place goes on with the one there is.
   *
   * @param definition the task definition to change to, or null to keep it
   * @param loadBalancers the load balancers to change to, or null to keep them
   * @param deploymentId the id of the deployment, should one be made
   */
  public static Service updated(
      Service service,
      ServiceUpdate update,
      TaskDefinition definition,
      List<ServiceLoadBalancer> loadBalancers,
      String deploymentId,
      long version,
      Instant now) {
    ServiceDesired desired = service.desired();
    DeploymentDesired primary = desired.deployments().getFirst();
    List<DeploymentDesired> deployments = desired.deployments();
    if (isNewDeployment(desired, primary, update, definition, loadBalancers)) {
      NetworkConfiguration network =
          update.networkConfiguration() == null
              ? primary.networkConfiguration()
              : update.networkConfiguration();
      deployments = new ArrayList<>();
      deployments.add(
          new DeploymentDesired(
              deploymentId,
              DeploymentStatus.PRIMARY,
              definition == null ? primary.taskDefinition() : definition,
              network,
              primary.launchType(),
              now,
              now,
              null,
              null,
              List.of(),
              List.of(),
              null,
              List.of(),
              null,
              List.of()));
      for (DeploymentDesired older : desired.deployments()) {
        deployments.add(
            new DeploymentDesired(
                older.id(),
                DeploymentStatus.ACTIVE,
                older.taskDefinition(),
                older.networkConfiguration(),
                older.launchType(),
                older.createdAt(),
                older.status() == DeploymentStatus.PRIMARY ? now : older.updatedAt(),
                older.serviceRevisionArn(),
                older.serviceDeploymentArn(),
                older.loadBalancers(),
                older.capacityProviderStrategy(),
                older.platformVersion(),
                older.containerImages(),
                older.completedAt(),
                older.taskTags()));
      }
    }
    return service.with(
        ServiceWish.of(desired)
            .version(version)
            .desiredCount(update.desiredCount())
            .deploymentConfiguration(
                update.deploymentConfiguration() == null
                    ? null
                    : merged(desired.deploymentConfiguration(), update.deploymentConfiguration()))
            .deployments(deployments)
            .loadBalancers(loadBalancers)
            .healthCheckGracePeriodSeconds(update.healthCheckGracePeriodSeconds())
            .placementConstraints(update.placementConstraints())
            .placementStrategy(update.placementStrategy())
            .capacityProviderStrategy(update.capacityProviderStrategy())
            .propagateTags(update.propagateTags())
            .enableExecuteCommand(update.enableExecuteCommand())
            .build());
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

  private static boolean isNewDeployment(
      ServiceDesired desired,
      DeploymentDesired primary,
      ServiceUpdate update,
      TaskDefinition definition,
      List<ServiceLoadBalancer> loadBalancers) {
    boolean otherDefinition =
        definition != null
            && !definition.taskDefinitionArn().equals(primary.taskDefinition().taskDefinitionArn());
    boolean otherNetwork =
        update.networkConfiguration() != null
            && !update.networkConfiguration().equals(primary.networkConfiguration());
    boolean otherTargets = loadBalancers != null && !loadBalancers.equals(desired.loadBalancers());
    return Boolean.TRUE.equals(update.forceNewDeployment())
        || otherDefinition
        || otherNetwork
        || otherTargets;
  }

  private static DeploymentConfiguration completed(
      SchedulingStrategy strategy, DeploymentConfiguration asked) {
    return merged(
        strategy == SchedulingStrategy.DAEMON
            ? new DeploymentConfiguration(0, 100, null, null, null, null)
            : new DeploymentConfiguration(100, 200, null, null, null, null),
        asked);
  }

  private static DeploymentConfiguration merged(
      DeploymentConfiguration base, DeploymentConfiguration asked) {
    if (asked == null) {
      return base;
    }
    return new DeploymentConfiguration(
        asked.minimumHealthyPercent() == null
            ? base.minimumHealthyPercent()
            : asked.minimumHealthyPercent(),
        asked.maximumPercent() == null ? base.maximumPercent() : asked.maximumPercent(),
        asked.deploymentCircuitBreaker() == null
            ? base.deploymentCircuitBreaker()
            : asked.deploymentCircuitBreaker(),
        asked.strategy() == null ? base.strategy() : asked.strategy(),
        asked.bakeTimeInMinutes() == null ? base.bakeTimeInMinutes() : asked.bakeTimeInMinutes(),
        asked.alarms() == null ? base.alarms() : asked.alarms());
  }
}

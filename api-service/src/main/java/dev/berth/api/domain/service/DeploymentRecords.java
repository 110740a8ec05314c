package dev.berth.api.domain.service;

import dev.berth.contracts.service.CircuitBreakerState;
import dev.berth.contracts.service.CircuitBreakerStatus;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.ServiceDesired;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The service deployment and the service revision that a new deployment leaves behind. */
public final class DeploymentRecords {
  static final String SUPERSEDED =
      "Service deployment was stopped because a new service deployment was started.";
  static final String DELETED = "Service deployment was stopped because the service was deleted.";

  private DeploymentRecords() {}

  /** The service deployment of a service's PRIMARY deployment, which was just made. */
  public static ServiceDeployment deployment(Service service, Instant now) {
    ServiceDesired desired = service.desired();
    DeploymentDesired primary = desired.deployments().getFirst();
    List<ServiceDeployment.Revision> sources =
        desired.deployments().stream()
            .skip(1)
            .filter(older -> older.serviceRevisionArn() != null)
            .map(older -> source(service, older))
            .toList();
    DeploymentCircuitBreaker breaker = desired.deploymentConfiguration().deploymentCircuitBreaker();
    return new ServiceDeployment(
        primary.serviceDeploymentArn(),
        primary.id(),
        desired.serviceId(),
        desired.cluster(),
        desired.serviceName(),
        ServiceDeploymentStatus.PENDING,
        null,
        new ServiceDeployment.Revision(
            primary.serviceRevisionArn(), primary.id(), desired.desiredCount(), 0, 0),
        sources,
        DeploymentOptions.of(desired.deploymentConfiguration(), service.options().lifecycleHooks()),
        null,
        new CircuitBreakerState(
            breaker != null && breaker.enable()
                ? CircuitBreakerStatus.MONITORING
                : CircuitBreakerStatus.DISABLED,
            0,
            threshold(desired.desiredCount())),
        now,
        null,
        null,
        null,
        now);
  }

  /** The service revision of a service's PRIMARY deployment, which was just made. */
  public static ServiceRevision revision(Service service, Instant now) {
    ServiceDesired desired = service.desired();
    DeploymentDesired primary = desired.deployments().getFirst();
    RevisionOptions options = service.options().of(primary.id());
    return new ServiceRevision(
        primary.serviceRevisionArn(),
        desired.serviceArn(),
        desired.clusterArn(),
        primary.taskDefinition().taskDefinitionArn(),
        primary.capacityProviderStrategy(),
        primary.launchType(),
        primary.platformVersion(),
        "FARGATE".equals(primary.launchType()) ? "Linux" : null,
        primary.loadBalancers(),
        options.serviceRegistries(),
        primary.networkConfiguration(),
        primary.taskDefinition().containerDefinitions().stream()
            .map(container -> new ContainerImage(container.name(), container.image(), null))
            .toList(),
        options.serviceConnectConfiguration(),
        options.volumeConfigurations(),
        options.vpcLatticeConfigurations(),
        now);
  }

  /** A service deployment that a newer one takes the place of. */
  public static ServiceDeployment superseded(ServiceDeployment one, Instant now) {
    return one.becoming(ServiceDeploymentStatus.STOPPED, SUPERSEDED, true, now);
  }

  /** A service deployment of a service that is deleted. */
  public static ServiceDeployment deleted(ServiceDeployment one, Instant now) {
    return one.becoming(ServiceDeploymentStatus.STOPPED, DELETED, true, now);
  }

  private static ServiceDeployment.Revision source(Service service, DeploymentDesired older) {
    DeploymentState state =
        service.seen() == null
            ? null
            : service.seen().deployments().stream()
                .filter(one -> Objects.equals(one.id(), older.id()))
                .findFirst()
                .orElse(null);
    return new ServiceDeployment.Revision(
        older.serviceRevisionArn(),
        older.id(),
        state == null ? 0 : state.desiredCount(),
        state == null ? 0 : state.runningCount(),
        state == null ? 0 : state.pendingCount());
  }

  /** ECS: half the desired count, between 3 and 200; the scheduler's own figure follows. */
  private static int threshold(int desiredCount) {
    return Math.min(200, Math.max(3, (desiredCount + 1) / 2));
  }
}

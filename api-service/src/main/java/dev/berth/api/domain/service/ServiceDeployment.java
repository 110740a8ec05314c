package dev.berth.api.domain.service;

import dev.berth.contracts.service.CircuitBreakerState;
import java.time.Instant;
import java.util.List;

/**
 * A service deployment as it is kept (ECS: ServiceDeployment): made in the transaction that makes
 * the deployment, moved on by what the scheduler says of it.
 *
 * @param deploymentId the id under {@code Service.deployments}
 * @param sources what ran before, oldest last
 * @param startedAt when the scheduler took it up, or null
 * @param finishedAt when nothing more followed, or null
 * @param stoppedAt when it was stopped before it was done, or null
 */
public record ServiceDeployment(
    String arn,
    String deploymentId,
    String serviceId,
    String cluster,
    String serviceName,
    ServiceDeploymentStatus status,
    String statusReason,
    Revision target,
    List<Revision> sources,
    DeploymentOptions deploymentConfiguration,
    RollbackDone rollback,
    CircuitBreakerState circuitBreaker,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    Instant stoppedAt,
    Instant updatedAt) {

  /** A revision's part in it, with its newest counts (ECS: ServiceRevisionSummary). */
  public record Revision(
      String arn,
      String deploymentId,
      int requestedTaskCount,
      int runningTaskCount,
      int pendingTaskCount) {}

  /** That it went back to an earlier revision (ECS: Rollback). */
  public record RollbackDone(String reason, Instant startedAt, String serviceRevisionArn) {}

  public ServiceDeployment {
    sources = sources == null ? List.of() : List.copyOf(sources);
  }

  /** The same in another state; a final one is finished now. */
  public ServiceDeployment becoming(
      ServiceDeploymentStatus next, String reason, boolean stopped, Instant now) {
    return new ServiceDeployment(
        arn,
        deploymentId,
        serviceId,
        cluster,
        serviceName,
        next,
        reason == null ? statusReason : reason,
        target,
        sources,
        deploymentConfiguration,
        rollback,
        circuitBreaker,
        createdAt,
        next == ServiceDeploymentStatus.PENDING || startedAt != null ? startedAt : now,
        next.isFinal() && finishedAt == null ? now : finishedAt,
        stopped && stoppedAt == null ? now : stoppedAt,
        now);
  }

  /** The same with what the scheduler counted. */
  ServiceDeployment counted(
      Revision newTarget, List<Revision> newSources, CircuitBreakerState breaker) {
    return new ServiceDeployment(
        arn,
        deploymentId,
        serviceId,
        cluster,
        serviceName,
        status,
        statusReason,
        newTarget,
        newSources,
        deploymentConfiguration,
        rollback,
        breaker == null ? circuitBreaker : breaker,
        createdAt,
        startedAt,
        finishedAt,
        stoppedAt,
        updatedAt);
  }

  /** The same, going back. */
  ServiceDeployment rollingBack(RollbackDone back) {
    return new ServiceDeployment(
        arn,
        deploymentId,
        serviceId,
        cluster,
        serviceName,
        status,
        statusReason,
        target,
        sources,
        deploymentConfiguration,
        rollback == null ? back : rollback,
        circuitBreaker,
        createdAt,
        startedAt,
        finishedAt,
        stoppedAt,
        updatedAt);
  }
}

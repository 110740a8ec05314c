package dev.berth.api.domain.service;

import dev.berth.contracts.Arns;
import dev.berth.contracts.service.CircuitBreakerState;
import dev.berth.contracts.service.DeploymentAlarms;
import java.time.Instant;
import java.util.List;

/** A service deployment as the API shows it (ECS: ServiceDeployment). */
public record ServiceDeploymentDescription(
    String serviceDeploymentArn,
    String serviceArn,
    String clusterArn,
    ServiceDeploymentStatus status,
    String statusReason,
    RevisionSummary targetServiceRevision,
    List<RevisionSummary> sourceServiceRevisions,
    DeploymentOptions deploymentConfiguration,
    ServiceDeployment.RollbackDone rollback,
    CircuitBreakerState deploymentCircuitBreaker,
    Alarms alarms,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    Instant stoppedAt,
    Instant updatedAt) {

  /** A revision's part in it (ECS: ServiceRevisionSummary). */
  public record RevisionSummary(
      String arn, int requestedTaskCount, int runningTaskCount, int pendingTaskCount) {
    static RevisionSummary of(ServiceDeployment.Revision revision) {
      return new RevisionSummary(
          revision.arn(),
          revision.requestedTaskCount(),
          revision.runningTaskCount(),
          revision.pendingTaskCount());
    }
  }

  /**
   * The alarms it was to watch (ECS: ServiceDeploymentAlarms); Berth keeps them and watches none.
   */
  public record Alarms(String status, List<String> alarmNames) {
    static Alarms of(DeploymentAlarms asked) {
      return asked == null ? null : new Alarms("DISABLED", asked.alarmNames());
    }
  }

  /** What is shown of a service deployment. */
  public static ServiceDeploymentDescription of(ServiceDeployment one, String clusterArn) {
    return new ServiceDeploymentDescription(
        one.arn(),
        Arns.service(clusterArn, one.serviceName()),
        clusterArn,
        one.status(),
        one.statusReason(),
        RevisionSummary.of(one.target()),
        one.sources().stream().map(RevisionSummary::of).toList(),
        one.deploymentConfiguration(),
        one.rollback(),
        one.circuitBreaker(),
        one.deploymentConfiguration() == null
            ? null
            : Alarms.of(one.deploymentConfiguration().alarms()),
        one.createdAt(),
        one.startedAt(),
        one.finishedAt(),
        one.stoppedAt(),
        one.updatedAt());
  }
}

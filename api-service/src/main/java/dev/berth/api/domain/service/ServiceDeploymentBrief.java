package dev.berth.api.domain.service;

import java.time.Instant;

/** A service deployment in a list (ECS: ServiceDeploymentBrief). */
public record ServiceDeploymentBrief(
    String serviceDeploymentArn,
    String serviceArn,
    String clusterArn,
    ServiceDeploymentStatus status,
    String statusReason,
    String targetServiceRevisionArn,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {

  /** What a list shows of a service deployment. */
  public static ServiceDeploymentBrief of(ServiceDeployment one, String clusterArn) {
    return new ServiceDeploymentBrief(
        one.arn(),
        dev.berth.contracts.Arns.service(clusterArn, one.serviceName()),
        clusterArn,
        one.status(),
        one.statusReason(),
        one.target().arn(),
        one.createdAt(),
        one.startedAt(),
        one.finishedAt());
  }
}

package dev.berth.api.application.service;

import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.ServiceDeployments;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceChanges;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceDeploymentStatus;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.StopType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/**
 * StopServiceDeployment: a wish that the scheduler obeys. The service's row is locked before the
 * service deployment's, as the folds do.
 */
@ApplicationScoped
public class StopServiceDeployment {
  private static final Set<String> TYPES = Set.of("ABORT", "ROLLBACK");

  private final Transactions transactions;
  private final ServiceDeployments deployments;
  private final Services services;
  private final Versions versions;
  private final Outbox outbox;
  private final InstantSource clock;

  public StopServiceDeployment(
      Transactions transactions,
      ServiceDeployments deployments,
      Services services,
      Versions versions,
      Outbox outbox,
      InstantSource clock) {
    this.transactions = transactions;
    this.deployments = deployments;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Stops a service deployment that is under way.
   *
   * @param type ABORT leaves the service as it stands, ROLLBACK (also when null) goes back to the
   *     last revision that was completed
   * @return its ARN
   */
  public Uni<String> stop(String arn, String type) {
    if (type != null && !TYPES.contains(type)) {
      throw ProblemException.invalid("stopType", "must be ABORT or ROLLBACK");
    }
    StopType wanted = type == null ? StopType.ROLLBACK : StopType.valueOf(type);
    return transactions.inTransaction(
        () ->
            deployments
                .find(Set.of(arn))
                .map(
                    found -> found.stream().findFirst().orElseThrow(StopServiceDeployment::missing))
                .chain(
                    one ->
                        services
                            .lock(one.cluster(), one.serviceName())
                            .map(service -> service.orElseThrow(DescribeServices::missing))
                            .chain(service -> stop(service, arn, wanted)))
                .replaceWith(arn));
  }

  /**
   * ContinueServiceDeployment: lets a deployment go on that waits at a lifecycle hook. None does,
   * since only the gradual strategies wait.
   */
  public Uni<String> proceed(String arn) {
    return transactions
        .reading(() -> deployments.find(Set.of(arn)))
        .map(
            found -> {
              ServiceDeployment one =
                  found.stream().findFirst().orElseThrow(StopServiceDeployment::missing);
              throw ProblemException.conflict(
                  "ConflictException",
                  "The service deployment is "
                      + one.status()
                      + " and doesn't wait at a lifecycle hook: rolling deployments have no pauses"
                      + " to continue from.");
            });
  }

  private Uni<Void> stop(Service service, String arn, StopType type) {
    Instant now = clock.instant();
    return deployments
        .lock(arn)
        .map(found -> found.orElseThrow(StopServiceDeployment::missing))
        .invoke(one -> refuseUnlessStoppable(service, one, type))
        .call(
            one ->
                deployments.update(
                    one.becoming(
                        type == StopType.ABORT
                            ? ServiceDeploymentStatus.STOP_REQUESTED
                            : ServiceDeploymentStatus.ROLLBACK_REQUESTED,
                        null,
                        false,
                        now)))
        .call(
            one ->
                versions
                    .next()
                    .map(
                        version ->
                            ServiceChanges.stopping(
                                service, one.deploymentId(), type, version, now))
                    .call(services::update))
        .call(
            one ->
                outbox.changed(
                    Topic.SERVICE_DESIRED,
                    Keys.service(one.cluster(), one.serviceName()),
                    one.cluster()))
        .replaceWithVoid();
  }

  private static void refuseUnlessStoppable(Service service, ServiceDeployment one, StopType type) {
    boolean current =
        service.primary().filter(primary -> primary.id().equals(one.deploymentId())).isPresent();
    if (!one.status().canBeStopped() || !current) {
      throw ProblemException.conflict(
          "ConflictException",
          "The service deployment is " + one.status() + " and can't be stopped.");
    }
    boolean before =
        service.desired().deployments().stream()
            .anyMatch(
                other -> !other.id().equals(one.deploymentId()) && other.completedAt() != null);
    if (type == StopType.ROLLBACK && !before) {
      throw ProblemException.conflict(
          "ConflictException",
          "There is no completed service revision to roll back to: use ABORT.");
    }
  }

  private static ProblemException missing() {
    return ProblemException.notFound(
        "ServiceDeploymentNotFoundException", "The service deployment was not found.");
  }
}

package dev.berth.api.domain.service;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the scheduler's word about a service changes in what is wanted of it. */
public final class ServiceFold {
  private ServiceFold() {}

  /**
   * Drops the older deployments that have no tasks any more, which the scheduler says by listing
   * them no longer.
   *
   * @return the wish without them (its version unchanged, the caller takes a new one), or empty
   *     when nothing changes or the status speaks of another version or another service
   */
  public static Optional<ServiceDesired> afterStatus(ServiceDesired desired, ServiceStatus status) {
    if (!desired.serviceId().equals(status.serviceId())
        || status.observedVersion() < desired.version()) {
      return Optional.empty();
    }
    Set<String> listed =
        status.deployments().stream().map(DeploymentState::id).collect(Collectors.toSet());
    List<DeploymentDesired> kept =
        desired.deployments().stream()
            .filter(
                deployment ->
                    deployment.status() == DeploymentStatus.PRIMARY
                        || listed.contains(deployment.id()))
            .toList();
    return kept.size() == desired.deployments().size()
        ? Optional.empty()
        : Optional.of(ServiceWish.of(desired).deployments(kept).build());
  }
}

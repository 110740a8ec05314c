package dev.berth.api.domain.fold;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Folds the scheduler's view of a service into the service's row. */
public final class ServiceFold {
  private ServiceFold() {}

  /**
   * What changes.
   *
   * @param status the service's status afterwards
   * @param deployments the deployments that are wanted afterwards
   * @param desiredChanged whether the desired record has to be published anew, with a new version
   */
  public record Change(
      ServiceStatus seen,
      ServiceStatusName status,
      List<DeploymentDesired> deployments,
      boolean desiredChanged) {}

  /**
   * The change, or empty for a stale status or one of another service of that name. Older
   * deployments go once the scheduler, knowing the newest request, no longer lists them; a DRAINING
   * service becomes INACTIVE once its last task is gone.
   */
  public static Optional<Change> status(ServiceRow row, ServiceStatus status) {
    if (row == null
        || !row.id().equals(status.serviceId())
        || status.version() <= row.seenVersion()) {
      return Optional.empty();
    }
    ServiceDesired desired = row.desired();
    boolean upToDate = status.observedVersion() >= row.version();
    List<DeploymentDesired> kept = upToDate ? stillThere(desired, status) : desired.deployments();
    boolean gone =
        upToDate
            && row.status() == ServiceStatusName.DRAINING
            && status.runningCount() == 0
            && status.pendingCount() == 0
            && status.status() != ServiceStatusName.ACTIVE;
    return Optional.of(
        new Change(
            status,
            gone ? ServiceStatusName.INACTIVE : row.status(),
            kept,
            gone || kept.size() != desired.deployments().size()));
  }

  private static List<DeploymentDesired> stillThere(ServiceDesired desired, ServiceStatus status) {
    Set<String> listed =
        status.deployments().stream().map(DeploymentState::id).collect(Collectors.toSet());
    return desired.deployments().stream()
        .filter(d -> d.status() == DeploymentStatus.PRIMARY || listed.contains(d.id()))
        .toList();
  }
}

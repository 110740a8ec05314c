package dev.berth.api.domain.fold;

import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Folds the scheduler's view of a service into the service's row. */
public final class ServiceStatusFold {
  private ServiceStatusFold() {}

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
   * service becomes INACTIVE once the scheduler says that its last task has stopped.
   */
  public static Optional<Change> status(ServiceRow row, ServiceStatus status) {
    if (row == null
        || !row.id().equals(status.serviceId())
        || status.version() <= row.seenVersion()) {
      return Optional.empty();
    }
    boolean upToDate = status.observedVersion() >= row.version();
    List<DeploymentDesired> wanted = row.desired().deployments();
    List<DeploymentDesired> kept = upToDate ? stillThere(wanted, status) : wanted;
    boolean gone =
        row.status() == ServiceStatusName.DRAINING
            && upToDate
            && status.status() == ServiceStatusName.INACTIVE;
    return Optional.of(
        new Change(
            status,
            gone ? ServiceStatusName.INACTIVE : row.status(),
            kept,
            gone || kept.size() != wanted.size()));
  }

  /**
   * The row with a change in it; what is wanted keeps its version.
   *
   * @param now when a service that is gone was deleted
   */
  public static ServiceRow changed(ServiceRow row, Change change, Instant now) {
    boolean gone = change.status() == ServiceStatusName.INACTIVE && row.deletedAt() == null;
    return new ServiceRow(
        row.id(),
        row.cluster(),
        row.name(),
        change.status(),
        row.version(),
        row.desired(change.status(), row.version(), change.deployments()),
        change.seen().version(),
        change.seen(),
        gone ? now : row.deletedAt());
  }

  private static List<DeploymentDesired> stillThere(
      List<DeploymentDesired> wanted, ServiceStatus status) {
    Set<String> listed =
        status.deployments().stream().map(DeploymentState::id).collect(Collectors.toSet());
    return wanted.stream()
        .filter(d -> d.status() == DeploymentStatus.PRIMARY || listed.contains(d.id()))
        .toList();
  }
}

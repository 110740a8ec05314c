package dev.berth.api.domain.fold;

import dev.berth.api.domain.service.Deployments;
import dev.berth.api.domain.service.ServiceWish;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.Rollback;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetState;
import dev.berth.contracts.service.TaskSetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Folds the scheduler's view of a service into the service's row. */
public final class ServiceStatusFold {
  private ServiceStatusFold() {}

  /**
   * What changes.
   *
   * @param seen what the scheduler said
   * @param desired what is wanted afterwards, its version still the old one
   * @param desiredChanged whether the desired record has to be published anew, with a new version
   */
  public record Change(ServiceStatus seen, ServiceDesired desired, boolean desiredChanged) {}

  /**
   * The change, or empty for a stale status or one of another service of that name. Older
   * deployments and draining task sets go once the scheduler, knowing the newest request, no longer
   * lists them; a DRAINING service becomes INACTIVE once the scheduler says that its last task has
   * stopped. When the scheduler went back from the PRIMARY deployment, the one it went to is
   * PRIMARY again. What a deployment found out, its digests and that it was completed, is kept with
   * it, for a scheduler that begins anew.
   *
   * @param now when deployments change places
   */
  public static Optional<Change> status(ServiceRow row, ServiceStatus status, Instant now) {
    if (row == null
        || !row.id().equals(status.serviceId())
        || status.version() <= row.seenVersion()) {
      return Optional.empty();
    }
    boolean upToDate = status.observedVersion() >= row.version();
    ServiceDesired desired = row.desired();
    List<DeploymentDesired> deployments =
        goneBack(
            informed(
                upToDate ? stillThere(desired.deployments(), status) : desired.deployments(),
                status),
            status.rollback(),
            now);
    List<TaskSetDesired> taskSets =
        upToDate ? stillDraining(desired.taskSets(), status) : desired.taskSets();
    boolean gone =
        row.status() == ServiceStatusName.DRAINING
            && upToDate
            && status.status() == ServiceStatusName.INACTIVE;
    boolean changed =
        gone || !deployments.equals(desired.deployments()) || !taskSets.equals(desired.taskSets());
    ServiceDesired after =
        changed
            ? ServiceWish.of(desired)
                .status(gone ? ServiceStatusName.INACTIVE : row.status())
                .deployments(deployments)
                .taskSets(taskSets)
                .build()
            : desired;
    return Optional.of(new Change(status, after, changed));
  }

  /**
   * The row with a change in it; what is wanted keeps its version.
   *
   * @param now when a service that is gone was deleted
   */
  public static ServiceRow changed(ServiceRow row, Change change, Instant now) {
    ServiceStatusName status = change.desiredChanged() ? change.desired().status() : row.status();
    boolean gone = status == ServiceStatusName.INACTIVE && row.deletedAt() == null;
    return new ServiceRow(
        row.id(),
        row.cluster(),
        row.name(),
        status,
        row.version(),
        change.desired(),
        change.seen().version(),
        change.seen(),
        gone ? now : row.deletedAt());
  }

  private static List<DeploymentDesired> informed(
      List<DeploymentDesired> wanted, ServiceStatus status) {
    Map<String, DeploymentState> states =
        status.deployments().stream()
            .collect(
                Collectors.toMap(DeploymentState::id, Function.identity(), (one, again) -> one));
    return wanted.stream().map(one -> Deployments.informed(one, states.get(one.id()))).toList();
  }

  private static List<DeploymentDesired> goneBack(
      List<DeploymentDesired> wanted, Rollback rollback, Instant now) {
    boolean fromPrimary =
        rollback != null
            && !wanted.isEmpty()
            && wanted.getFirst().id().equals(rollback.fromDeploymentId());
    return fromPrimary ? Deployments.backTo(rollback.toDeploymentId(), wanted, now) : wanted;
  }

  private static List<TaskSetDesired> stillDraining(
      List<TaskSetDesired> wanted, ServiceStatus status) {
    Set<String> listed =
        status.taskSets().stream().map(TaskSetState::id).collect(Collectors.toSet());
    return wanted.stream()
        .filter(set -> set.status() != TaskSetStatus.DRAINING || listed.contains(set.id()))
        .toList();
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

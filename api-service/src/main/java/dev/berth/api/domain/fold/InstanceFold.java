package dev.berth.api.domain.fold;

import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Folds what a node says of itself into its container instance's row. */
public final class InstanceFold {
  private InstanceFold() {}

  /**
   * What changes.
   *
   * @param row the row afterwards; its version is the old one (0 for a new row)
   * @param desiredChanged whether the desired record has to be published anew, with a new version
   * @param announced whether the change is worth a public event
   */
  public record Change(InstanceRow row, boolean desiredChanged, boolean announced) {}

  /**
   * The change, or empty for a stale status and for one of another cluster. An instance that is
   * heard of for the first time is wanted ACTIVE; so is a deregistered one whose node was started
   * again since.
   *
   * @param row the instance's row, or null when this is the first that is heard of it
   */
  public static Optional<Change> status(
      InstanceRow row, ContainerInstanceStatus status, Instant now) {
    if (row == null) {
      Instant registeredAt = status.registeredAt() == null ? now : status.registeredAt();
      return Optional.of(
          new Change(active(status, 0, List.of(), registeredAt, status), true, true));
    }
    if (status.version() <= row.seenVersion() || isOfAnotherCluster(row, status)) {
      return Optional.empty();
    }
    if (row.status() == InstanceStatusName.INACTIVE && startedSince(row, status)) {
      return Optional.of(
          new Change(
              active(status, row.version(), row.desired().attributes(), now, status), true, true));
    }
    InstanceRow next =
        new InstanceRow(
            row.id(),
            row.cluster(),
            row.status(),
            row.version(),
            row.desired(),
            status.version(),
            status,
            row.registeredAt(),
            row.deregisteredAt());
    return Optional.of(
        new Change(
            next,
            isRegisteredAhead(row) || servesOthers(row.seen(), status),
            differs(row.seen(), status)));
  }

  /**
   * Whether a node speaks for an instance of another cluster than its own: an instance stays where
   * it was registered until it is deregistered.
   */
  public static boolean isOfAnotherCluster(InstanceRow row, ContainerInstanceStatus status) {
    return !row.cluster().equals(status.cluster()) && row.status() != InstanceStatusName.INACTIVE;
  }

  /** What is wanted of a machine registered before its node is published once there is a node. */
  private static boolean isRegisteredAhead(InstanceRow row) {
    return row.seenVersion() == 0;
  }

  private static InstanceRow active(
      ContainerInstanceStatus status,
      long version,
      List<dev.berth.contracts.taskdef.Attribute> attributes,
      Instant registeredAt,
      ContainerInstanceStatus seen) {
    return new InstanceRow(
        status.containerInstanceId(),
        status.cluster(),
        InstanceStatusName.ACTIVE,
        version,
        new ContainerInstanceDesired(
            status.containerInstanceId(),
            status.cluster(),
            version,
            status.installationId(),
            InstanceStatusName.ACTIVE,
            false,
            attributes,
            List.of()),
        status.version(),
        seen,
        registeredAt,
        null);
  }

  private static boolean startedSince(InstanceRow row, ContainerInstanceStatus status) {
    if (status.startedAt() == null || status.stopping()) {
      return false;
    }
    Instant since = row.deregisteredAt();
    return since == null || status.startedAt().isAfter(since);
  }

  /** Whether the capacity providers that the instance serves may be others than before. */
  private static boolean servesOthers(
      ContainerInstanceStatus before, ContainerInstanceStatus after) {
    return before != null && !groups(before).equals(groups(after));
  }

  private static Set<String> groups(ContainerInstanceStatus status) {
    return status.attributes().stream()
        .filter(
            attribute ->
                CapacityProviders.GROUP_ATTRIBUTE.equals(attribute.name())
                    || CapacityProviders.FARGATE_ATTRIBUTE.equals(attribute.name()))
        .map(attribute -> attribute.name() + "=" + attribute.value())
        .collect(Collectors.toSet());
  }

  private static boolean differs(ContainerInstanceStatus before, ContainerInstanceStatus after) {
    return before == null
        || before.dockerConnected() != after.dockerConnected()
        || before.stopping() != after.stopping()
        || !Objects.equals(before.startedAt(), after.startedAt())
        || !Objects.equals(before.registeredResources(), after.registeredResources())
        || !Objects.equals(before.attributes(), after.attributes());
  }
}

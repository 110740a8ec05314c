package dev.berth.api.application.fold;

import dev.berth.api.application.fold.FoldRows.Changed;
import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.InstanceFold;
import dev.berth.api.domain.fold.InstanceRow;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Folds what nodes say of themselves. An instance that is heard of for the first time is registered
 * and wanted ACTIVE; one of an unknown cluster waits until the cluster is created.
 */
@ApplicationScoped
public class FoldInstanceStatuses {
  private static final Logger LOG = Logger.getLogger(FoldInstanceStatuses.class);

  private final Folding folding;
  private final EventScope scope;
  private final Clock clock;
  private final String installationId;

  public FoldInstanceStatuses(
      Folding folding,
      EventScope scope,
      Clock clock,
      @ConfigProperty(name = "berth.installation-id") String installationId) {
    this.folding = folding;
    this.scope = scope;
    this.clock = clock;
    this.installationId = installationId;
  }

  /** Folds statuses in the order in which they were written. */
  public Uni<Void> fold(List<ContainerInstanceStatus> statuses) {
    List<ContainerInstanceStatus> ours = new ArrayList<>();
    for (ContainerInstanceStatus status : statuses) {
      if (installationId.equals(status.installationId())) {
        ours.add(status);
      } else {
        LOG.warnf(
            "Container instance %s belongs to installation %s, not to this one: left out",
            status.containerInstanceId(), status.installationId());
      }
    }
    return folding.run("container-instance-status", rows -> register(rows, ours));
  }

  /**
   * Notes the newest sign of life of each instance, and registers instances that waited for a
   * cluster which exists by now.
   */
  public Uni<Void> heartbeats(Collection<SignOfLife> newest) {
    return folding.run(
        "container-instance-heartbeat",
        rows ->
            rows.instances()
                .saveHeartbeats(newest)
                .chain(() -> rows.instances().unpark())
                .chain(
                    waiting ->
                        waiting.isEmpty()
                            ? Uni.createFrom().item(FoldEffects.NONE)
                            : register(rows, waiting)));
  }

  private Uni<FoldEffects> register(FoldRows rows, List<ContainerInstanceStatus> statuses) {
    Set<String> clusters =
        statuses.stream().map(ContainerInstanceStatus::cluster).collect(Collectors.toSet());
    return rows.instances()
        .activeClusters(clusters)
        .chain(
            active -> {
              Map<Boolean, List<ContainerInstanceStatus>> byCluster =
                  statuses.stream()
                      .collect(Collectors.partitioningBy(s -> active.contains(s.cluster())));
              return park(rows, byCluster.get(false))
                  .chain(() -> foldKnown(rows, byCluster.get(true)));
            });
  }

  private static Uni<Void> park(FoldRows rows, List<ContainerInstanceStatus> statuses) {
    for (ContainerInstanceStatus status : statuses) {
      LOG.warnf(
          "Container instance %s (%s) waits: its cluster %s doesn't exist",
          status.containerInstanceId(), status.name(), status.cluster());
    }
    return rows.instances().park(statuses);
  }

  private Uni<FoldEffects> foldKnown(FoldRows rows, List<ContainerInstanceStatus> statuses) {
    Set<String> ids =
        statuses.stream()
            .map(ContainerInstanceStatus::containerInstanceId)
            .collect(Collectors.toSet());
    return rows.instances().lock(ids).chain(known -> apply(rows, known, statuses));
  }

  private Uni<FoldEffects> apply(
      FoldRows rows, Map<String, InstanceRow> known, List<ContainerInstanceStatus> statuses) {
    Instant now = clock.instant();
    Map<String, InstanceRow> changed = new LinkedHashMap<>();
    Map<String, Changed> outbox = new LinkedHashMap<>();
    List<ClusterEvent> events = new ArrayList<>();
    for (ContainerInstanceStatus status : statuses) {
      String id = status.containerInstanceId();
      InstanceRow row = changed.getOrDefault(id, known.get(id));
      if (row != null && InstanceFold.isOfAnotherCluster(row, status)) {
        LOG.warnf(
            "Container instance %s (%s) belongs to cluster %s, its node says %s: left out until it"
                + " is deregistered",
            id, status.name(), row.cluster(), status.cluster());
      }
      InstanceFold.status(row, status, now)
          .ifPresent(
              change -> {
                changed.put(id, change.row());
                if (change.desiredChanged()) {
                  outbox.put(
                      id, new Changed(Topic.CONTAINER_INSTANCE_DESIRED, id, status.cluster()));
                }
                if (change.announced()) {
                  events.add(StateChangeEvents.containerInstance(change.row(), scope, now));
                }
              });
    }
    return versioned(rows, changed, outbox.keySet())
        .chain(rows.instances()::save)
        .chain(() -> rows.changed(outbox.values()))
        .chain(() -> rows.append(events))
        .replaceWith(new FoldEffects(!events.isEmpty(), Set.of()));
  }

  private static Uni<List<InstanceRow>> versioned(
      FoldRows rows, Map<String, InstanceRow> changed, Set<String> publish) {
    List<InstanceRow> others = new ArrayList<>();
    List<InstanceRow> toPublish = new ArrayList<>();
    changed.forEach((id, row) -> (publish.contains(id) ? toPublish : others).add(row));
    if (toPublish.isEmpty()) {
      return Uni.createFrom().item(others);
    }
    return rows.nextVersions(toPublish.size())
        .map(
            versions -> {
              for (int i = 0; i < toPublish.size(); i++) {
                others.add(toPublish.get(i).withVersion(versions.get(i)));
              }
              return others;
            });
  }
}

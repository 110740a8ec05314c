package dev.berth.api.application.fold;

import dev.berth.api.application.fold.FoldRows.Changed;
import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.ServiceRow;
import dev.berth.api.domain.fold.ServiceStatusFold;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceDeploymentProgress;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceStatus;
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

/** Folds how the scheduler sees services; drops deployments and services that are over. */
@ApplicationScoped
public class FoldServiceStatuses {
  private final Folding folding;
  private final EventScope scope;
  private final Clock clock;

  public FoldServiceStatuses(Folding folding, EventScope scope, Clock clock) {
    this.folding = folding;
    this.scope = scope;
    this.clock = clock;
  }

  /** Folds statuses in the order in which they were written. */
  public Uni<Void> fold(List<ServiceStatus> statuses) {
    Set<String> ids = statuses.stream().map(ServiceStatus::serviceId).collect(Collectors.toSet());
    return folding.run(
        "service-status",
        rows ->
            rows.services()
                .lock(ids)
                .chain(
                    known ->
                        rows.deployments()
                            .lockOpen(known.keySet())
                            .chain(open -> apply(rows, known, open, statuses))));
  }

  private Uni<FoldEffects> apply(
      FoldRows rows,
      Map<String, ServiceRow> known,
      List<ServiceDeployment> open,
      List<ServiceStatus> statuses) {
    Map<String, ServiceDeployment> progress = new LinkedHashMap<>();
    Instant now = clock.instant();
    Map<String, ServiceRow> changed = new LinkedHashMap<>();
    Map<String, Changed> outbox = new LinkedHashMap<>();
    List<ClusterEvent> events = new ArrayList<>();
    for (ServiceStatus status : statuses) {
      ServiceRow before = changed.getOrDefault(status.serviceId(), known.get(status.serviceId()));
      ServiceStatusFold.status(before, status, now)
          .ifPresent(
              change -> {
                changed.put(before.id(), ServiceStatusFold.changed(before, change, now));
                events.addAll(StateChangeEvents.deployments(before.seen(), status, scope, now));
                progress(open, progress, status, now);
                if (change.desiredChanged()) {
                  outbox.put(before.id(), published(before));
                }
              });
    }
    return versioned(rows, changed, outbox.keySet())
        .chain(rows.services()::save)
        .chain(() -> rows.deployments().save(progress.values()))
        .chain(() -> rows.deployments().saveImages(images(changed.values())))
        .chain(() -> rows.changed(outbox.values()))
        .chain(() -> rows.append(events))
        .replaceWith(new FoldEffects(!events.isEmpty(), Set.of()));
  }

  private static void progress(
      List<ServiceDeployment> open,
      Map<String, ServiceDeployment> progress,
      ServiceStatus status,
      Instant now) {
    for (ServiceDeployment one : open) {
      if (one.serviceId().equals(status.serviceId())) {
        ServiceDeploymentProgress.seen(progress.getOrDefault(one.arn(), one), status, now)
            .ifPresent(after -> progress.put(one.arn(), after));
      }
    }
  }

  /** The digests of the deployments whose service changed, by service revision. */
  private static Map<String, List<ContainerImage>> images(Collection<ServiceRow> changed) {
    Map<String, List<ContainerImage>> images = new LinkedHashMap<>();
    for (ServiceRow row : changed) {
      for (DeploymentDesired deployment : row.desired().deployments()) {
        if (deployment.serviceRevisionArn() != null && !deployment.containerImages().isEmpty()) {
          images.put(deployment.serviceRevisionArn(), deployment.containerImages());
        }
      }
    }
    return images;
  }

  private static Changed published(ServiceRow row) {
    return new Changed(
        Topic.SERVICE_DESIRED, Keys.service(row.cluster(), row.name()), row.cluster());
  }

  private static Uni<List<ServiceRow>> versioned(
      FoldRows rows, Map<String, ServiceRow> changed, Set<String> publish) {
    List<ServiceRow> others = new ArrayList<>();
    List<ServiceRow> toPublish = new ArrayList<>();
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

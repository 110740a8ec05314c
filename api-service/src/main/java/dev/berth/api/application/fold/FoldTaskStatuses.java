package dev.berth.api.application.fold;

import dev.berth.api.application.fold.FoldRows.Changed;
import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.api.domain.fold.EventScope;
import dev.berth.api.domain.fold.OrphanRule;
import dev.berth.api.domain.fold.PullSentences;
import dev.berth.api.domain.fold.StateChangeEvents;
import dev.berth.api.domain.fold.TaskFold;
import dev.berth.api.domain.fold.TaskRow;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Folds what nodes see of tasks, and asks for the stop of those that nobody wants any more. */
@ApplicationScoped
public class FoldTaskStatuses {
  private static final Logger LOG = Logger.getLogger(FoldTaskStatuses.class);

  private final Folding folding;
  private final EventScope scope;
  private final Clock clock;
  private final String installationId;

  public FoldTaskStatuses(
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
  public Uni<Void> fold(List<TaskStatus> statuses) {
    Map<String, String> clusters = new HashMap<>();
    statuses.forEach(s -> clusters.put(s.taskId(), s.cluster()));
    return folding.run(
        "task-status",
        rows -> rows.tasks().lock(clusters).chain(known -> apply(rows, known, statuses)));
  }

  private Uni<FoldEffects> apply(
      FoldRows rows, Map<String, TaskRow> known, List<TaskStatus> statuses) {
    Instant now = clock.instant();
    Map<String, TaskRow> changed = new LinkedHashMap<>();
    List<ClusterEvent> events = new ArrayList<>();
    List<ServiceEvent> sentences = new ArrayList<>();
    Set<String> decided = new HashSet<>();
    for (TaskStatus status : statuses) {
      TaskRow before = changed.getOrDefault(status.taskId(), known.get(status.taskId()));
      TaskFold.status(before, status, now)
          .ifPresent(
              after -> {
                changed.put(after.id(), after);
                sentences.addAll(
                    PullSentences.of(before == null ? null : before.seen(), after.seen()));
                StateChangeEvents.task(before, after, scope, now).ifPresent(events::add);
                if (after.serviceName() == null) {
                  decided.add(after.id());
                }
              });
    }
    return rows.tasks()
        .saveStatuses(changed.values())
        .chain(() -> stopOrphans(rows, changed))
        .chain(() -> addSentences(rows, sentences))
        .chain(() -> rows.append(events))
        .replaceWith(new FoldEffects(!events.isEmpty(), decided));
  }

  private static Uni<Void> addSentences(FoldRows rows, List<ServiceEvent> sentences) {
    return sentences.isEmpty()
        ? Uni.createFrom().voidItem()
        : rows.services().addEvents(sentences).replaceWithVoid();
  }

  private Uni<Void> stopOrphans(FoldRows rows, Map<String, TaskRow> changed) {
    Set<String> services =
        changed.values().stream()
            .map(row -> row.seen().serviceId())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return rows.services().statuses(services).chain(known -> stopOrphans(rows, changed, known));
  }

  private Uni<Void> stopOrphans(
      FoldRows rows, Map<String, TaskRow> changed, Map<String, ServiceStatusName> services) {
    Map<TaskRow, TaskDesired> stops = new LinkedHashMap<>();
    for (TaskRow row : changed.values()) {
      OrphanRule.stop(row, row.seen(), statusOf(row, services), installationId)
          .ifPresent(stop -> stops.put(row, stop));
    }
    if (stops.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return rows.nextVersions(stops.size())
        .chain(
            versions -> {
              List<TaskRow> stopped = new ArrayList<>();
              List<Changed> outbox = new ArrayList<>();
              stops.forEach(
                  (row, stop) -> {
                    long version = versions.get(stopped.size());
                    LOG.infof("Task %s is wanted by nobody: %s", row.id(), stop.stoppedReason());
                    stopped.add(row.stopAsked(versioned(stop, version), version));
                    outbox.add(new Changed(Topic.TASK_DESIRED, row.id(), row.cluster()));
                  });
              return rows.tasks().saveStops(stopped).chain(() -> rows.changed(outbox));
            });
  }

  private static ServiceStatusName statusOf(TaskRow row, Map<String, ServiceStatusName> services) {
    String serviceId = row.seen().serviceId();
    return serviceId == null ? null : services.get(serviceId);
  }

  private static TaskDesired versioned(TaskDesired stop, long version) {
    return new TaskDesired(
        stop.taskId(),
        stop.cluster(),
        version,
        stop.installationId(),
        stop.desiredStatus(),
        stop.stopCode(),
        stop.stoppedReason(),
        stop.run(),
        stop.protection(),
        stop.containerInstanceId());
  }
}

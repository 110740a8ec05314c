package dev.berth.api.domain.service;

import dev.berth.contracts.Arns;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetStatus;
import dev.berth.contracts.taskdef.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What creating, scaling, promoting and deleting make of a service's task sets (ECS: TaskSet). */
public final class TaskSets {
  private static final String PERCENT = "PERCENT";

  private TaskSets() {}

  /** A service with one more task set, ACTIVE. */
  public static Service created(
      Service service,
      TaskSetRequest request,
      ResolvedRequest found,
      String id,
      long version,
      Instant now) {
    ServiceDesired desired = service.desired();
    TaskSetDesired made =
        new TaskSetDesired(
            id,
            Arns.taskSet(desired.clusterArn(), desired.serviceName(), id),
            TaskSetStatus.ACTIVE,
            found.definition(),
            request.networkConfiguration(),
            found.loadBalancers(),
            found.launchType(),
            found.capacityProviderStrategy(),
            request.platformVersion() == null && "FARGATE".equals(found.launchType())
                ? "LATEST"
                : request.platformVersion(),
            request.scale() == null ? new Scale(0.0, PERCENT) : completed(request.scale()),
            null,
            request.externalId(),
            request.tags(),
            now,
            now);
    List<TaskSetDesired> sets = new ArrayList<>(desired.taskSets());
    sets.add(made);
    List<Tag> taskTags =
        TaskTags.of(
            desired.propagateTags(),
            found.definitionTags(),
            desired.tags(),
            null,
            Boolean.TRUE.equals(desired.enableECSManagedTags()),
            desired.cluster(),
            desired.serviceName());
    RevisionOptions options =
        new RevisionOptions(request.serviceRegistries(), null, null, null, taskTags);
    Set<String> listed = sets.stream().map(TaskSetDesired::id).collect(Collectors.toSet());
    return service
        .with(ServiceWish.of(desired).version(version).taskSets(sets).build())
        .with(service.options().with(id, options, listed));
  }

  /** A service one of whose task sets has another scale. */
  public static Service scaled(Service service, String id, Scale scale, long version, Instant now) {
    return changed(service, id, version, set -> as(set, set.status(), completed(scale), now));
  }

  /** A service whose PRIMARY task set is another one; the one before goes on as ACTIVE. */
  public static Service promoted(Service service, String id, long version, Instant now) {
    List<TaskSetDesired> sets =
        service.desired().taskSets().stream()
            .map(
                set ->
                    set.id().equals(id)
                        ? as(set, TaskSetStatus.PRIMARY, set.scale(), now)
                        : set.status() == TaskSetStatus.PRIMARY
                            ? as(set, TaskSetStatus.ACTIVE, set.scale(), now)
                            : set)
            .toList();
    return service.with(ServiceWish.of(service.desired()).version(version).taskSets(sets).build());
  }

  /** A service one of whose task sets drains. */
  public static Service draining(Service service, String id, long version, Instant now) {
    return changed(
        service, id, version, set -> as(set, TaskSetStatus.DRAINING, new Scale(0.0, PERCENT), now));
  }

  /** A service's task set by id or ARN. */
  public static Optional<TaskSetDesired> find(Service service, String idOrArn) {
    return service.desired().taskSets().stream()
        .filter(set -> set.id().equals(idOrArn) || set.taskSetArn().equals(idOrArn))
        .findFirst();
  }

  /** The desired count of a service times a task set's scale, rounded up. */
  public static int computedDesiredCount(int desiredCount, TaskSetDesired set) {
    double share = set.scale() == null || set.scale().value() == null ? 0 : set.scale().value();
    return BigDecimal.valueOf(share)
        .multiply(BigDecimal.valueOf(desiredCount))
        .movePointLeft(2)
        .setScale(0, RoundingMode.CEILING)
        .intValueExact();
  }

  private static Service changed(
      Service service,
      String id,
      long version,
      java.util.function.UnaryOperator<TaskSetDesired> change) {
    List<TaskSetDesired> sets =
        service.desired().taskSets().stream()
            .map(set -> set.id().equals(id) ? change.apply(set) : set)
            .toList();
    return service.with(ServiceWish.of(service.desired()).version(version).taskSets(sets).build());
  }

  private static Scale completed(Scale scale) {
    return new Scale(
        scale.value() == null ? 0.0 : scale.value(), scale.unit() == null ? PERCENT : scale.unit());
  }

  private static TaskSetDesired as(
      TaskSetDesired set, TaskSetStatus status, Scale scale, Instant now) {
    return new TaskSetDesired(
        set.id(),
        set.taskSetArn(),
        status,
        set.taskDefinition(),
        set.networkConfiguration(),
        set.loadBalancers(),
        set.launchType(),
        set.capacityProviderStrategy(),
        set.platformVersion(),
        scale,
        set.startedBy(),
        set.externalId(),
        set.tags(),
        set.createdAt(),
        now);
  }
}

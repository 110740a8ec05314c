package dev.berth.api.application.service;

import dev.berth.api.application.Idempotency;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.TaskSetDescription;
import dev.berth.api.domain.service.TaskSetRequest;
import dev.berth.api.domain.service.TaskSetRules;
import dev.berth.api.domain.service.TaskSets;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.service.Scale;
import dev.berth.contracts.service.TaskSetDesired;
import dev.berth.contracts.service.TaskSetStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** CreateTaskSet, UpdateTaskSet, DeleteTaskSet and UpdateServicePrimaryTaskSet. */
@ApplicationScoped
public class ChangeTaskSets {
  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final LockedService locked;
  private final ServiceResolver resolver;
  private final Services services;
  private final Versions versions;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final Ids ids;
  private final InstantSource clock;

  public ChangeTaskSets(
      Transactions transactions,
      ActiveCluster clusters,
      LockedService locked,
      ServiceResolver resolver,
      Services services,
      Versions versions,
      Outbox outbox,
      Idempotency idempotency,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.locked = locked;
    this.resolver = resolver;
    this.services = services;
    this.versions = versions;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.ids = ids;
    this.clock = clock;
  }

  /** What a change of the service makes of it, in words of the domain. */
  private interface Change {
    Service of(Service service, TaskSetDesired set, long version, Instant now);
  }

  /** Creates a task set, ACTIVE; its scale is 0 percent unless asked otherwise. */
  public Uni<TaskSetDescription> create(String cluster, String service, TaskSetRequest request) {
    TaskSetRules.check(request).throwIfAny();
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        idempotency
                            .once(
                                "CreateTaskSet " + found.cluster() + "/" + service,
                                request.clientToken(),
                                request,
                                () -> make(found, service, request))
                            .chain(
                                made ->
                                    locked
                                        .live(found.cluster(), service)
                                        .map(one -> description(one, made.getFirst())))));
  }

  /** Gives a task set another share of the service's desired count. */
  public Uni<TaskSetDescription> scale(
      String cluster, String service, String taskSet, Scale scale) {
    TaskSetRules.check(scale).throwIfAny();
    return change(
        cluster,
        service,
        taskSet,
        (one, set, version, now) -> TaskSets.scaled(one, set.id(), scale, version, now));
  }

  /** Makes a task set the PRIMARY one. */
  public Uni<TaskSetDescription> promote(String cluster, String service, String taskSet) {
    return change(
        cluster,
        service,
        taskSet,
        (one, set, version, now) -> TaskSets.promoted(one, set.id(), version, now));
  }

  /**
   * Deletes a task set: it drains, and goes once its last task has stopped.
   *
   * @param force also while it is scaled above 0
   */
  public Uni<TaskSetDescription> delete(
      String cluster, String service, String taskSet, boolean force) {
    return change(
        cluster,
        service,
        taskSet,
        (one, set, version, now) -> {
          TaskSetRules.deletable(set, force);
          return TaskSets.draining(one, set.id(), version, now);
        });
  }

  private Uni<List<String>> make(
      ClusterDesired cluster, String serviceName, TaskSetRequest request) {
    String id = ids.taskSetId();
    return locked
        .active(cluster.cluster(), serviceName)
        .invoke(TaskSetRules::mayHave)
        .chain(
            service ->
                resolver
                    .resolve(cluster, service, request)
                    .chain(
                        found ->
                            versions
                                .next()
                                .map(
                                    version ->
                                        TaskSets.created(
                                            service,
                                            request,
                                            found,
                                            id,
                                            version,
                                            clock.instant()))))
        .call(this::store)
        .replaceWith(List.of(id));
  }

  private Uni<TaskSetDescription> change(
      String cluster, String serviceName, String taskSet, Change change) {
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(found -> locked.active(found.cluster(), serviceName))
                .chain(
                    service -> {
                      TaskSetRules.external(service);
                      TaskSetDesired set =
                          TaskSets.find(service, taskSet).orElseThrow(ChangeTaskSets::missing);
                      return set.status() == TaskSetStatus.DRAINING
                          ? Uni.createFrom().item(TaskSetDescription.of(service, set))
                          : versions
                              .next()
                              .map(version -> change.of(service, set, version, clock.instant()))
                              .call(this::store)
                              .map(changed -> description(changed, set.id()));
                    }));
  }

  private Uni<Void> store(Service changed) {
    String cluster = changed.desired().cluster();
    return services
        .update(changed)
        .chain(
            () ->
                outbox.changed(
                    Topic.SERVICE_DESIRED,
                    Keys.service(cluster, changed.desired().serviceName()),
                    cluster));
  }

  private static TaskSetDescription description(Service service, String id) {
    return TaskSetDescription.of(
        service, TaskSets.find(service, id).orElseThrow(ChangeTaskSets::missing));
  }

  static ProblemException missing() {
    return ProblemException.notFound(
        "TaskSetNotFoundException", "The specified task set wasn't found.");
  }
}

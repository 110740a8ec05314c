package dev.berth.api.application.task;

import dev.berth.api.application.Idempotency;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.VerdictWaiter;
import dev.berth.api.application.port.Versions;
import dev.berth.api.application.taskdefinition.UsableTaskDefinition;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.service.TaskTags;
import dev.berth.api.domain.task.FargateRules;
import dev.berth.api.domain.task.RunTaskRequest;
import dev.berth.api.domain.task.RunTaskRules;
import dev.berth.api.domain.task.StrategyRules;
import dev.berth.api.domain.task.StrategyRules.Capacity;
import dev.berth.api.domain.task.Task;
import dev.berth.api.domain.task.TaskChanges;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.api.domain.task.TaskFailure;
import dev.berth.api.domain.taskdefinition.RegisteredTaskDefinition;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Tag;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * RunTask and StartTask: writes the tasks, then waits a while for the scheduler's verdicts. What
 * isn't decided by then is answered as PROVISIONING; after its expiry nobody may place it.
 */
@ApplicationScoped
public class RunTask {
  /** The tasks that were placed or are still undecided, and why others weren't placed. */
  public record Answer(List<TaskDescription> tasks, List<TaskFailure> failures) {}

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final UsableTaskDefinition definitions;
  private final ContainerInstances instances;
  private final Tasks tasks;
  private final Versions versions;
  private final Outbox outbox;
  private final Idempotency idempotency;
  private final VerdictWaiter verdicts;
  private final Ids ids;
  private final Identity identity;
  private final InstantSource clock;
  private final Duration patience;
  private final MeterRegistry meters;

  public RunTask(
      Transactions transactions,
      ActiveCluster clusters,
      UsableTaskDefinition definitions,
      ContainerInstances instances,
      Tasks tasks,
      Versions versions,
      Outbox outbox,
      Idempotency idempotency,
      VerdictWaiter verdicts,
      Ids ids,
      Identity identity,
      InstantSource clock,
      MeterRegistry meters,
      @ConfigProperty(name = "berth.api.run-task-wait", defaultValue = "PT5S") Duration patience) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.definitions = definitions;
    this.instances = instances;
    this.tasks = tasks;
    this.versions = versions;
    this.outbox = outbox;
    this.idempotency = idempotency;
    this.verdicts = verdicts;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
    this.patience = patience;
    this.meters = meters;
  }

  private record Wanted(String cluster, List<String> taskIds, List<TaskFailure> failures) {}

  public Uni<Answer> run(String cluster, RunTaskRequest request) {
    RunTaskRules.check(request).throwIfAny();
    return transactions
        .inTransaction(() -> clusters.named(cluster).chain(found -> want(found, request)))
        .call(
            wanted ->
                wanted.taskIds().isEmpty()
                    ? Uni.createFrom().voidItem()
                    : verdicts.await(wanted.taskIds(), patience))
        .chain(wanted -> transactions.reading(() -> answer(wanted)));
  }

  private Uni<Wanted> want(ClusterDesired in, RunTaskRequest request) {
    String cluster = in.cluster();
    Capacity capacity =
        StrategyRules.of(
            request.containerInstances() == null ? request.launchType() : "EC2",
            request.capacityProviderStrategy(),
            in);
    FargateRules.placement(
        capacity,
        request.placementConstraints(),
        request.placementStrategy(),
        request.platformVersion());
    List<TaskFailure> failures = new ArrayList<>();
    return idempotency
        .once(
            "RunTask " + cluster,
            request.clientToken(),
            request,
            () ->
                definitions
                    .active("taskDefinition", request.taskDefinition())
                    .invoke(
                        revision -> {
                          Violations violations = new Violations();
                          FargateRules.fits(revision.definition(), capacity);
                          RunTaskRules.fits(revision.definition(), request, violations);
                          violations.throwIfAny();
                        })
                    .chain(
                        revision ->
                            places(cluster, request, failures)
                                .chain(
                                    places -> store(cluster, request, capacity, revision, places))))
        .map(taskIds -> new Wanted(cluster, taskIds, failures));
  }

  /** One entry per task: the instance to start it on, or an empty text to have one chosen. */
  private Uni<List<String>> places(
      String cluster, RunTaskRequest request, List<TaskFailure> failures) {
    if (request.containerInstances() == null) {
      int count = request.count() == null ? 1 : request.count();
      return Uni.createFrom().item(java.util.Collections.nCopies(count, ""));
    }
    return Multi.createFrom()
        .iterable(request.containerInstances())
        .onItem()
        .transformToUniAndConcatenate(
            name -> {
              String id = Arns.shortName(name);
              return instances
                  .find(cluster, id)
                  .map(
                      found -> {
                        if (found.isPresent()
                            && found.get().desired().status() == InstanceStatusName.ACTIVE) {
                          return id;
                        }
                        failures.add(
                            new TaskFailure(
                                Arns.containerInstance(identity.clusterArn(cluster), id),
                                found.isPresent() ? "INACTIVE" : "MISSING",
                                found.isPresent()
                                    ? "The container instance is "
                                        + found.get().desired().status()
                                        + "."
                                    : "There is no such container instance in the cluster."));
                        return "";
                      });
            })
        .collect()
        .asList()
        .map(places -> places.stream().filter(place -> !place.isEmpty()).toList());
  }

  private Uni<List<String>> store(
      String cluster,
      RunTaskRequest request,
      Capacity capacity,
      RegisteredTaskDefinition revision,
      List<String> places) {
    if (places.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    List<Tag> tags =
        TaskTags.of(
            request.propagateTags(),
            revision.tags(),
            null,
            request.tags(),
            Boolean.TRUE.equals(request.enableECSManagedTags()),
            cluster,
            null);
    return versions
        .next(places.size())
        .map(
            numbers -> {
              List<Task> made = new ArrayList<>(places.size());
              for (String place : places) {
                made.add(
                    TaskChanges.wanted(
                        request,
                        capacity,
                        tags,
                        revision.definition(),
                        cluster,
                        identity.installationId(),
                        ids.taskId(),
                        place.isEmpty() ? null : place,
                        numbers.get(made.size()),
                        clock.instant()));
              }
              return made;
            })
        .call(tasks::add)
        .call(
            made ->
                outbox.changed(Topic.TASK_DESIRED, made.stream().map(Task::id).toList(), cluster))
        .map(made -> made.stream().map(Task::id).toList());
  }

  private Uni<Answer> answer(Wanted wanted) {
    String clusterArn = identity.clusterArn(wanted.cluster());
    return tasks
        .find(wanted.taskIds())
        .map(
            found -> {
              Map<String, Task> byId =
                  found.stream().collect(Collectors.toMap(Task::id, Function.identity()));
              List<TaskDescription> placed = new ArrayList<>();
              List<TaskFailure> failures = new ArrayList<>(wanted.failures());
              for (String id : wanted.taskIds()) {
                Task task = byId.get(id);
                if (task != null && task.isRefused()) {
                  count("refused");
                  failures.add(TaskFailure.of(task, clusterArn));
                } else if (task != null) {
                  count(task.verdict() == null ? "undecided" : "placed");
                  placed.add(TaskDescription.of(task, clusterArn));
                }
              }
              return new Answer(placed, failures);
            });
  }

  /** How RunTask was answered; many undecided ones mean that nobody decides. */
  private void count(String outcome) {
    meters.counter("berth.run.task.answers", "outcome", outcome).increment();
  }
}

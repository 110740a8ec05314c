package dev.berth.api.application.task;

import dev.berth.api.application.Described;
import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Tasks.TaskFilter;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.PlacementRules;
import dev.berth.api.domain.task.Task;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.contracts.Arns;
import dev.berth.contracts.task.TaskLifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** DescribeTasks and ListTasks. */
@ApplicationScoped
public class DescribeTasks {
  private static final int MOST = 100;
  private static final Set<String> STATES =
      Arrays.stream(TaskLifecycle.values())
          .map(TaskLifecycle::name)
          .collect(Collectors.toUnmodifiableSet());

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final Tasks tasks;
  private final Services services;
  private final ContainerInstances instances;
  private final Identity identity;

  public DescribeTasks(
      Transactions transactions,
      ActiveCluster clusters,
      Tasks tasks,
      Services services,
      ContainerInstances instances,
      Identity identity) {
    this.services = services;
    this.instances = instances;
    this.transactions = transactions;
    this.clusters = clusters;
    this.tasks = tasks;
    this.identity = identity;
  }

  /** A task; stopped ones stay for at least an hour. */
  public Uni<TaskDescription> describe(String idOrArn) {
    return transactions.reading(
        () ->
            tasks
                .find(Arns.shortName(idOrArn))
                .map(
                    found ->
                        found.filter(task -> !task.isRefused()).orElseThrow(() -> missing(idOrArn)))
                .map(task -> TaskDescription.of(task, identity.clusterArn(task.cluster()))));
  }

  /**
   * Describes several tasks of a cluster.
   *
   * @param idsOrArns 1 to 100 of them
   */
  public Uni<Described<TaskDescription>> describe(String cluster, List<String> idsOrArns) {
    if (idsOrArns == null || idsOrArns.isEmpty()) {
      throw ProblemException.refused("InvalidParameterException", "Tasks cannot be empty.");
    }
    if (idsOrArns.size() > MOST) {
      throw ProblemException.refused(
          "InvalidParameterException", "Tasks cannot have more than 100 elements.");
    }
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    in ->
                        tasks
                            .find(
                                idsOrArns.stream().map(Arns::shortName).collect(Collectors.toSet()))
                            .map(found -> described(in.cluster(), idsOrArns, found))));
  }

  private Described<TaskDescription> described(
      String cluster, List<String> asked, List<Task> found) {
    String clusterArn = identity.clusterArn(cluster);
    Map<String, Task> byId =
        found.stream()
            .filter(task -> task.cluster().equals(cluster) && !task.isRefused())
            .collect(Collectors.toMap(Task::id, Function.identity()));
    List<TaskDescription> items = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String one : asked.stream().distinct().toList()) {
      Task task = byId.get(Arns.shortName(one));
      if (task == null) {
        failures.add(Failure.missing(one.startsWith("arn:") ? one : Arns.task(clusterArn, one)));
      } else {
        items.add(TaskDescription.of(task, clusterArn));
      }
    }
    return new Described<>(items, failures);
  }

  /**
   * Lists tasks, as in ECS those whose desired status is RUNNING unless asked otherwise.
   *
   * @param filter its cluster may be an ARN
   */
  public Uni<Page<TaskDescription>> list(TaskFilter filter, Page.Request request) {
    Violations violations = new Violations();
    violations.oneOf(
        "desiredStatus", filter.desiredStatus(), Set.of("RUNNING", "PENDING", "STOPPED"));
    violations.oneOf("launchType", filter.launchType(), PlacementRules.LAUNCH_TYPES);
    violations.oneOf("lastStatus", filter.lastStatus(), STATES);
    violations.throwIfAny();
    boolean stoppedAsked = filter.desiredStatus() != null || "STOPPED".equals(filter.lastStatus());
    return transactions.reading(
        () ->
            clusters
                .named(filter.cluster())
                .call(cluster -> namedThingsExist(cluster.cluster(), filter))
                .chain(
                    cluster ->
                        tasks.list(
                            new TaskFilter(
                                cluster.cluster(),
                                filter.serviceName() == null
                                    ? null
                                    : Arns.shortName(filter.serviceName()),
                                filter.family(),
                                stoppedAsked ? filter.desiredStatus() : "RUNNING",
                                filter.lastStatus(),
                                filter.startedBy(),
                                filter.containerInstanceId() == null
                                    ? null
                                    : Arns.shortName(filter.containerInstanceId()),
                                filter.launchType()),
                            request.after(),
                            request.probe()))
                .map(
                    found ->
                        Page.of(found, request, task -> task.id())
                            .map(
                                task ->
                                    TaskDescription.of(
                                        task, identity.clusterArn(task.cluster())))));
  }

  private Uni<Void> namedThingsExist(String cluster, TaskFilter filter) {
    Uni<?> service =
        filter.serviceName() == null
            ? Uni.createFrom().nullItem()
            : services
                .find(cluster, Arns.shortName(filter.serviceName()))
                .map(
                    found ->
                        found.orElseThrow(
                            () ->
                                ProblemException.notFound(
                                    "ServiceNotFoundException", "Service not found.")));
    Uni<?> instance =
        filter.containerInstanceId() == null
            ? Uni.createFrom().nullItem()
            : instances
                .find(cluster, Arns.shortName(filter.containerInstanceId()))
                .map(
                    found ->
                        found.orElseThrow(
                            () ->
                                ProblemException.notFound(
                                    "InvalidParameterException",
                                    "The container instance was not found.")));
    return service.chain(() -> instance).replaceWithVoid();
  }

  static ProblemException missing(String idOrArn) {
    return ProblemException.notFound(
        "InvalidParameterException",
        "The referenced task was not found: " + Violations.shortened(idOrArn) + ".");
  }
}

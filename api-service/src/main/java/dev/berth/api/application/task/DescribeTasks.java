package dev.berth.api.application.task;

import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Tasks.TaskFilter;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.contracts.Arns;
import dev.berth.contracts.task.TaskLifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** DescribeTasks and ListTasks. */
@ApplicationScoped
public class DescribeTasks {
  private static final Set<String> STATES =
      Arrays.stream(TaskLifecycle.values())
          .map(TaskLifecycle::name)
          .collect(Collectors.toUnmodifiableSet());

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final Tasks tasks;
  private final Identity identity;

  public DescribeTasks(
      Transactions transactions, ActiveCluster clusters, Tasks tasks, Identity identity) {
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
   * Lists tasks, as in ECS those whose desired status is RUNNING unless asked otherwise.
   *
   * @param filter its cluster may be an ARN
   */
  public Uni<Page<TaskDescription>> list(TaskFilter filter, Page.Request request) {
    Violations violations = new Violations();
    violations.oneOf("desiredStatus", filter.desiredStatus(), Set.of("RUNNING", "STOPPED"));
    violations.oneOf("lastStatus", filter.lastStatus(), STATES);
    violations.throwIfAny();
    boolean stoppedAsked = filter.desiredStatus() != null || "STOPPED".equals(filter.lastStatus());
    return transactions.reading(
        () ->
            clusters
                .named(filter.cluster())
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
                                    : Arns.shortName(filter.containerInstanceId())),
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

  static ProblemException missing(String idOrArn) {
    return ProblemException.notFound(
        "InvalidParameterException", "There is no task " + idOrArn + ".");
  }
}

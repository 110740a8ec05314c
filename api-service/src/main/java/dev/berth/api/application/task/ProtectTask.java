package dev.berth.api.application.task;

import dev.berth.api.application.Described;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.Task;
import dev.berth.api.domain.task.TaskChanges;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.contracts.Arns;
import dev.berth.contracts.task.TaskLifecycle;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** UpdateTaskProtection: keeps a service's task from scale-in and deployments for a while. */
@ApplicationScoped
public class ProtectTask {
  private static final int DEFAULT_MINUTES = 120;
  private static final int MOST_MINUTES = 2880;

  private static final int MOST_TASKS = 10;
  private static final String OF_SERVICES = "Only tasks of services can be protected.";

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final DescribeTasks describe;
  private final ChangeTask changes;
  private final Identity identity;
  private final InstantSource clock;

  public ProtectTask(
      Transactions transactions,
      ActiveCluster clusters,
      DescribeTasks describe,
      ChangeTask changes,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.describe = describe;
    this.changes = changes;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Sets or ends a protection.
   *
   * @param expiresInMinutes 1 to 2880 (120)
   */
  public Uni<TaskDescription> protect(String idOrArn, Boolean enabled, Integer expiresInMinutes) {
    return protect(null, idOrArn, enabled, expiresInMinutes);
  }

  /**
   * Sets or ends the protection of several tasks of a cluster, each by itself.
   *
   * @param idsOrArns 1 to 10 tasks
   * @param expiresInMinutes 1 to 2880 (120)
   */
  public Uni<Described<TaskDescription>> protect(
      String cluster, List<String> idsOrArns, Boolean enabled, Integer expiresInMinutes) {
    if (idsOrArns == null || idsOrArns.isEmpty() || idsOrArns.size() > MOST_TASKS) {
      throw ProblemException.invalid("tasks", "must name 1 to 10 tasks");
    }
    return transactions
        .reading(() -> clusters.named(cluster))
        .chain(
            found ->
                Multi.createFrom()
                    .iterable(idsOrArns.stream().distinct().toList())
                    .onItem()
                    .transformToUniAndConcatenate(
                        one ->
                            protect(found.cluster(), one, enabled, expiresInMinutes)
                                .map(task -> new Described<>(List.of(task), List.of()))
                                .onFailure(ProtectTask::isOfTheTask)
                                .recoverWithItem(
                                    refusal -> failed(found.clusterArn(), one, refusal)))
                    .collect()
                    .asList()
                    .map(ProtectTask::together));
  }

  /** GetTaskProtection: tasks of a cluster with their protection, 1 to 100 of them. */
  public Uni<Described<TaskDescription>> describe(String cluster, List<String> idsOrArns) {
    return describe
        .describe(cluster, idsOrArns)
        .map(
            found ->
                new Described<>(
                    found.items().stream().filter(ProtectTask::isOfService).toList(),
                    Stream.concat(
                            found.failures().stream(),
                            found.items().stream()
                                .filter(task -> !isOfService(task))
                                .map(task -> notValid(task.taskArn(), OF_SERVICES)))
                        .toList()));
  }

  /** Whether a task is protected now: a protection ends by itself. */
  public boolean isProtected(TaskDescription task) {
    return task.protection() != null
        && task.protection().protectionEnabled()
        && (task.protection().expirationDate() == null
            || task.protection().expirationDate().isAfter(clock.instant()));
  }

  private static boolean isOfService(TaskDescription task) {
    return task.group() != null && task.group().startsWith("service:");
  }

  private static boolean isOfTheTask(Throwable refusal) {
    return refusal instanceof ProblemException problem
        && problem.kind() != ProblemException.Kind.INVALID;
  }

  private static Described<TaskDescription> failed(
      String clusterArn, String idOrArn, Throwable refusal) {
    String arn = idOrArn.startsWith("arn:") ? idOrArn : Arns.task(clusterArn, idOrArn);
    boolean missing = ((ProblemException) refusal).kind() == ProblemException.Kind.NOT_FOUND;
    return new Described<>(
        List.of(), List.of(missing ? Failure.missing(arn) : notValid(arn, refusal.getMessage())));
  }

  private static Failure notValid(String arn, String detail) {
    return new Failure(arn, "TASK_NOT_VALID", detail);
  }

  private static Described<TaskDescription> together(List<Described<TaskDescription>> all) {
    return new Described<>(
        all.stream().flatMap(one -> one.items().stream()).toList(),
        all.stream().flatMap(one -> one.failures().stream()).toList());
  }

  private Uni<TaskDescription> protect(
      String cluster, String idOrArn, Boolean enabled, Integer expiresInMinutes) {
    Violations violations = new Violations();
    violations.present("protectionEnabled", enabled);
    violations.range("expiresInMinutes", expiresInMinutes, 1, MOST_MINUTES);
    violations.throwIfAny();
    Instant until =
        clock
            .instant()
            .plus(
                Duration.ofMinutes(expiresInMinutes == null ? DEFAULT_MINUTES : expiresInMinutes));
    return changes.change(
        cluster,
        idOrArn,
        ProtectTask::refuseUnlessRunningInService,
        (task, version) ->
            TaskChanges.protectedUntil(task, enabled, until, identity.installationId(), version));
  }

  private static boolean refuseUnlessRunningInService(Task task) {
    if (task.desired() != null && task.desired().run() != null) {
      throw ProblemException.conflict("InvalidParameterException", OF_SERVICES);
    }
    if (task.desiredStatus() == TaskLifecycle.STOPPED) {
      throw ProblemException.conflict(
          "InvalidParameterException", "The task is stopping and can't be protected.");
    }
    return false;
  }
}

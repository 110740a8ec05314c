package dev.berth.api.application.logs;

import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.task.Task;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.TaskLifecycle;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds the node that has a task's logs, and reads them there. */
@ApplicationScoped
public class ReadTaskLogs {
  private final Transactions transactions;
  private final Tasks tasks;
  private final ContainerInstances instances;
  private final NodeLogs nodes;

  public ReadTaskLogs(
      Transactions transactions, Tasks tasks, ContainerInstances instances, NodeLogs nodes) {
    this.transactions = transactions;
    this.tasks = tasks;
    this.instances = instances;
    this.nodes = nodes;
  }

  /**
   * A task's logs.
   *
   * <p>Fails with a {@link ProblemException} for an unknown task or container, a task that has no
   * node, or logs that are gone; with {@link NodeAwayException} when the node doesn't answer.
   */
  public Uni<Multi<LogLine>> read(String taskId, LogRequest request) {
    return transactions
        .reading(() -> place(taskId, request.containers()))
        .chain(logsUrl -> nodes.open(logsUrl, taskId, request))
        .onFailure(LogsGoneException.class)
        .transform(e -> ProblemException.notFound("LogsNotFoundException", e.getMessage()));
  }

  private Uni<String> place(String taskId, List<String> containers) {
    return tasks
        .find(taskId)
        .chain(
            found -> {
              Task task =
                  found.orElseThrow(
                      () ->
                          ProblemException.notFound(
                              "TaskNotFoundException", "There is no task " + taskId + "."));
              checkContainers(task, containers);
              String instanceId = instanceOf(task);
              return instances
                  .find(task.cluster(), instanceId)
                  .map(instance -> logsUrl(instanceId, instance.orElse(null)));
            });
  }

  private static void checkContainers(Task task, List<String> containers) {
    if (task.seen() == null || task.seen().containers().isEmpty()) {
      return;
    }
    List<String> names = task.seen().containers().stream().map(ContainerState::name).toList();
    for (String container : containers) {
      if (!names.contains(container)) {
        throw ProblemException.notFound(
            "ContainerNotFoundException",
            "Task " + task.id() + " has no container " + container + ", it has " + names + ".");
      }
    }
  }

  private static String instanceOf(Task task) {
    if (task.seen() != null && task.seen().containerInstanceId() != null) {
      return task.seen().containerInstanceId();
    }
    if (task.verdict() != null && task.verdict().containerInstanceId() != null) {
      return task.verdict().containerInstanceId();
    }
    boolean over = task.lastStatus() == TaskLifecycle.STOPPED;
    throw ProblemException.conflict(
        "TaskNotPlacedException",
        "Task "
            + task.id()
            + (over ? " stopped without ever being placed" : " isn't placed yet")
            + ": it has no logs.");
  }

  private static String logsUrl(String instanceId, ContainerInstance instance) {
    if (instance == null || instance.seen() == null || instance.seen().logsUrl() == null) {
      throw new NodeAwayException(
          "Container instance " + instanceId + " doesn't say where its logs are.", null);
    }
    return instance.seen().logsUrl();
  }
}

package dev.berth.api.application.task;

import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Tasks;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.task.Task;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Changes what is wanted of one task, with its row locked. */
@ApplicationScoped
class ChangeTask {
  private final Transactions transactions;
  private final Tasks tasks;
  private final Versions versions;
  private final Outbox outbox;
  private final Identity identity;

  ChangeTask(
      Transactions transactions, Tasks tasks, Versions versions, Outbox outbox, Identity identity) {
    this.transactions = transactions;
    this.tasks = tasks;
    this.versions = versions;
    this.outbox = outbox;
    this.identity = identity;
  }

  /**
   * Changes a task.
   *
   * @param cluster the task's cluster by name, or null for whichever it is in
   * @param done whether the task is already as wanted, so that nothing is written
   * @param change from the task and a version to the task as wanted
   */
  Uni<TaskDescription> change(
      String cluster, String idOrArn, Predicate<Task> done, BiFunction<Task, Long, Task> change) {
    return transactions.inTransaction(
        () ->
            tasks
                .lock(Arns.shortName(idOrArn))
                .map(
                    found ->
                        found
                            .filter(task -> !task.isRefused())
                            .filter(task -> cluster == null || task.cluster().equals(cluster))
                            .orElseThrow(() -> DescribeTasks.missing(idOrArn)))
                .chain(
                    task ->
                        done.test(task)
                            ? Uni.createFrom().item(task)
                            : versions
                                .next()
                                .map(version -> change.apply(task, version))
                                .call(tasks::update)
                                .call(
                                    () ->
                                        outbox.changed(
                                            Topic.TASK_DESIRED, task.id(), task.cluster())))
                .map(task -> TaskDescription.of(task, identity.clusterArn(task.cluster()))));
  }
}

package dev.berth.api.application.task;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.task.TaskChanges;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.contracts.task.TaskLifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** StopTask: a task that is already stopping is answered as it is. */
@ApplicationScoped
public class StopTask {
  private static final int LONGEST_REASON = 1024;

  private final ChangeTask changes;
  private final Identity identity;

  public StopTask(ChangeTask changes, Identity identity) {
    this.changes = changes;
    this.identity = identity;
  }

  /**
   * Stops a task.
   *
   * @param cluster the name of its cluster, or null for whichever it is in
   */
  public Uni<TaskDescription> stop(String cluster, String idOrArn, String reason) {
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw ProblemException.invalid("reason", "must have at most 1024 characters");
    }
    return changes.change(
        cluster,
        idOrArn,
        task -> task.desiredStatus() == TaskLifecycle.STOPPED,
        (task, version) -> TaskChanges.stopped(task, reason, identity.installationId(), version));
  }
}

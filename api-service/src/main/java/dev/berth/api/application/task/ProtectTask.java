package dev.berth.api.application.task;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.Task;
import dev.berth.api.domain.task.TaskChanges;
import dev.berth.api.domain.task.TaskDescription;
import dev.berth.contracts.task.TaskLifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** UpdateTaskProtection: keeps a service's task from scale-in and deployments for a while. */
@ApplicationScoped
public class ProtectTask {
  private static final int DEFAULT_MINUTES = 120;
  private static final int MOST_MINUTES = 2880;

  private final ChangeTask changes;
  private final Identity identity;
  private final InstantSource clock;

  public ProtectTask(ChangeTask changes, Identity identity, InstantSource clock) {
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
        idOrArn,
        ProtectTask::refuseUnlessRunningInService,
        (task, version) ->
            TaskChanges.protectedUntil(task, enabled, until, identity.installationId(), version));
  }

  private static boolean refuseUnlessRunningInService(Task task) {
    if (task.desired() != null && task.desired().run() != null) {
      throw ProblemException.conflict(
          "InvalidParameterException", "Only tasks of services can be protected.");
    }
    if (task.desiredStatus() == TaskLifecycle.STOPPED) {
      throw ProblemException.conflict(
          "InvalidParameterException", "The task is stopping and can't be protected.");
    }
    return false;
  }
}

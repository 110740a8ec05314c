package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.NetworkBinding;
import java.time.Instant;
import java.util.List;

/**
 * One container of a task as its node knows it.
 *
 * @param name its name in the task definition
 * @param runtimeId the engine's id once it was created
 * @param exitCode there once it has ended; absent when it never ran
 * @param reason what went wrong, in ECS's words, absent where nothing did
 * @param startedAt when its process was last started, absent until then
 * @param finishedAt when it last ended, kept while it runs again after a restart
 * @param restarts how often its restart policy has started it again
 * @param pull how far the pull of its image has come, absent where none was needed
 */
public record ContainerProgress(
    String name,
    ContainerPhase phase,
    String runtimeId,
    String imageDigest,
    Integer exitCode,
    String reason,
    HealthStatus health,
    List<NetworkBinding> bindings,
    Instant startedAt,
    Instant finishedAt,
    int restarts,
    ImagePull pull) {
  public ContainerProgress {
    bindings = bindings == null ? List.of() : List.copyOf(bindings);
  }

  /** A container with which nothing was done yet. */
  public static ContainerProgress waiting(String name) {
    return new ContainerProgress(
        name,
        ContainerPhase.WAITING,
        null,
        null,
        null,
        null,
        HealthStatus.UNKNOWN,
        List.of(),
        null,
        null,
        0,
        null);
  }

  /** Whether its process ever ran. */
  public boolean hasStarted() {
    return startedAt != null;
  }

  public boolean isStopped() {
    return phase == ContainerPhase.STOPPED;
  }

  ContainerProgress in(ContainerPhase next) {
    return new ContainerProgress(
        name,
        next,
        runtimeId,
        imageDigest,
        exitCode,
        reason,
        health,
        bindings,
        startedAt,
        finishedAt,
        restarts,
        pull);
  }

  ContainerProgress pulled(String digest) {
    return new ContainerProgress(
        name,
        ContainerPhase.PULLED,
        runtimeId,
        digest,
        exitCode,
        reason,
        health,
        bindings,
        startedAt,
        finishedAt,
        restarts,
        pull);
  }

  ContainerProgress pulling(ImagePull seen) {
    return new ContainerProgress(
        name,
        phase,
        runtimeId,
        imageDigest,
        exitCode,
        reason,
        health,
        bindings,
        startedAt,
        finishedAt,
        restarts,
        seen);
  }

  ContainerProgress created(String id) {
    return new ContainerProgress(
        name,
        ContainerPhase.CREATED,
        id,
        imageDigest,
        exitCode,
        reason,
        health,
        bindings,
        startedAt,
        finishedAt,
        restarts,
        pull);
  }

  ContainerProgress running(String id, List<NetworkBinding> published, Instant since) {
    return new ContainerProgress(
        name,
        ContainerPhase.RUNNING,
        id,
        imageDigest,
        null,
        null,
        health,
        published,
        since,
        finishedAt,
        restarts,
        pull);
  }

  ContainerProgress restarting() {
    return new ContainerProgress(
        name,
        ContainerPhase.STARTING,
        runtimeId,
        imageDigest,
        exitCode,
        reason,
        HealthStatus.UNKNOWN,
        bindings,
        startedAt,
        finishedAt,
        restarts + 1,
        pull);
  }

  ContainerProgress withHealth(HealthStatus seen) {
    return new ContainerProgress(
        name,
        phase,
        runtimeId,
        imageDigest,
        exitCode,
        reason,
        seen,
        bindings,
        startedAt,
        finishedAt,
        restarts,
        pull);
  }

  ContainerProgress exited(Integer code, String why, Instant since, Instant at) {
    return new ContainerProgress(
        name,
        ContainerPhase.STOPPED,
        runtimeId,
        imageDigest,
        code,
        why,
        health,
        bindings,
        since,
        at,
        restarts,
        pull);
  }

  /** Ended without an exit code: it never ran, or what became of it isn't known. */
  ContainerProgress ended(String why, Instant at) {
    return exited(exitCode, why == null ? reason : why, startedAt, at);
  }
}

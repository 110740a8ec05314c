package dev.berth.scheduler.domain.state;

import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.RolloutState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a deployment's tasks have fared so far. */
public final class DeploymentMemory {
  private int failures;
  private Instant lastFailureAt;
  private int countedFailures;
  private RolloutState rolloutState = RolloutState.IN_PROGRESS;
  private String reason;
  private Instant completedAt;
  private Instant stoppedAt;
  private final Map<String, ContainerImage> images = new LinkedHashMap<>();

  /** Tasks in a row that failed to start. */
  public int failures() {
    return failures;
  }

  /** When the newest of them failed, or null. */
  public Instant lastFailureAt() {
    return lastFailureAt;
  }

  /** The failures that the circuit breaker counts. */
  public int countedFailures() {
    return countedFailures;
  }

  public RolloutState rolloutState() {
    return rolloutState;
  }

  /** Why the rollout is where it is, in a sentence; or null. */
  public String reason() {
    return reason;
  }

  /** Whether it has all its tasks, or had them and nothing was begun since. */
  public boolean isCompleted() {
    return rolloutState == RolloutState.COMPLETED;
  }

  /** Whether it was given up. */
  public boolean isFailed() {
    return rolloutState == RolloutState.FAILED;
  }

  /** When it first had all its tasks, or null. */
  public Instant completedAt() {
    return completedAt;
  }

  /** When users stopped it, or null. */
  public Instant stoppedAt() {
    return stoppedAt;
  }

  /** A task failed to start. */
  public void failed(Instant at) {
    failures++;
    countedFailures++;
    lastFailureAt = at;
  }

  /**
   * A task started.
   *
   * @param resetsCount whether the circuit breaker begins anew
   */
  public void succeeded(boolean resetsCount) {
    failures = 0;
    lastFailureAt = null;
    countedFailures = resetsCount ? 0 : countedFailures;
  }

  /** It has all its tasks. */
  public void completed(Instant now) {
    rolloutState = RolloutState.COMPLETED;
    reason = null;
    completedAt = completedAt == null ? now : completedAt;
  }

  /** It is given up. */
  public void giveUp(String why) {
    rolloutState = RolloutState.FAILED;
    reason = why;
  }

  /** Users stopped it. */
  public void stopped(Instant now) {
    stoppedAt = now;
  }

  /** It takes over again from one that failed. */
  public void beginAgain(String why) {
    rolloutState = RolloutState.IN_PROGRESS;
    reason = why;
    failures = 0;
    countedFailures = 0;
    lastFailureAt = null;
  }

  /** The images that its tasks are started from, as far as they are known. */
  public List<ContainerImage> images() {
    return List.copyOf(images.values());
  }

  /** Whether the images of so many containers are known. */
  public boolean knowsImages(int containers) {
    return images.size() == containers;
  }

  /** The digest of a container's image, if it is the first that is heard of. */
  public void learn(ContainerImage image) {
    images.putIfAbsent(image.containerName(), image);
  }

  /** What users' records tell of it. */
  void observe(Instant wasCompletedAt, List<ContainerImage> known) {
    if (wasCompletedAt != null && completedAt == null) {
      completedAt = wasCompletedAt;
    }
    known.forEach(this::learn);
  }

  void restore(DeploymentState state, Instant at) {
    failures = state.failedTasks();
    lastFailureAt = failures == 0 ? null : at;
    countedFailures =
        state.circuitBreaker() == null ? failures : state.circuitBreaker().failureCount();
    rolloutState = state.rolloutState() == null ? RolloutState.IN_PROGRESS : state.rolloutState();
    reason = state.rolloutStateReason();
    completedAt =
        state.completedAt() == null && isCompleted() ? state.updatedAt() : state.completedAt();
    stoppedAt = state.stoppedAt();
    state.containerImages().forEach(this::learn);
  }
}

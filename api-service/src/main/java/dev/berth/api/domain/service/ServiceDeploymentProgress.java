package dev.berth.api.domain.service;

import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.Rollback;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.ServiceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How a service deployment goes on with what the scheduler says of its service. */
public final class ServiceDeploymentProgress {
  private ServiceDeploymentProgress() {}

  /** What becomes of a service deployment; empty when nothing of it changes or it is over. */
  public static Optional<ServiceDeployment> seen(
      ServiceDeployment before, ServiceStatus status, Instant now) {
    if (before.status().isFinal()) {
      return Optional.empty();
    }
    Map<String, DeploymentState> states =
        status.deployments().stream()
            .collect(
                Collectors.toMap(DeploymentState::id, Function.identity(), (one, again) -> one));
    ServiceDeployment counted = counted(before, states);
    Rollback rollback = status.rollback();
    ServiceDeployment after =
        rollback != null && before.deploymentId().equals(rollback.fromDeploymentId())
            ? goingBack(counted, rollback, states, now)
            : goingOn(counted, states.get(before.deploymentId()), now);
    return after.equals(before) ? Optional.empty() : Optional.of(after);
  }

  private static ServiceDeployment counted(
      ServiceDeployment one, Map<String, DeploymentState> states) {
    DeploymentState own = states.get(one.deploymentId());
    List<ServiceDeployment.Revision> sources =
        one.sources().stream()
            .map(source -> counted(source, states.get(source.deploymentId())))
            .toList();
    return one.counted(
        own == null ? one.target() : counted(one.target(), own),
        sources,
        own == null ? null : own.circuitBreaker());
  }

  private static ServiceDeployment.Revision counted(
      ServiceDeployment.Revision revision, DeploymentState state) {
    return new ServiceDeployment.Revision(
        revision.arn(),
        revision.deploymentId(),
        state == null ? 0 : state.desiredCount(),
        state == null ? 0 : state.runningCount(),
        state == null ? 0 : state.pendingCount());
  }

  private static ServiceDeployment goingOn(
      ServiceDeployment one, DeploymentState state, Instant now) {
    if (state == null) {
      return one;
    }
    if (state.stoppedAt() != null) {
      return one.becoming(
          ServiceDeploymentStatus.STOPPED, state.rolloutStateReason(), true, state.stoppedAt());
    }
    RolloutState rollout =
        state.rolloutState() == null ? RolloutState.IN_PROGRESS : state.rolloutState();
    return switch (rollout) {
      case COMPLETED ->
          one.becoming(
              ServiceDeploymentStatus.SUCCESSFUL,
              null,
              false,
              state.completedAt() == null ? now : state.completedAt());
      case FAILED ->
          one.becoming(ServiceDeploymentStatus.STOPPED, state.rolloutStateReason(), true, now);
      case IN_PROGRESS ->
          one.status() == ServiceDeploymentStatus.PENDING
              ? one.becoming(ServiceDeploymentStatus.IN_PROGRESS, null, false, now)
              : one;
    };
  }

  private static ServiceDeployment goingBack(
      ServiceDeployment one, Rollback rollback, Map<String, DeploymentState> states, Instant now) {
    String to =
        one.sources().stream()
            .filter(source -> source.deploymentId().equals(rollback.toDeploymentId()))
            .map(ServiceDeployment.Revision::arn)
            .findFirst()
            .orElse(null);
    ServiceDeployment back =
        one.rollingBack(
            new ServiceDeployment.RollbackDone(rollback.reason(), rollback.startedAt(), to));
    DeploymentState target = states.get(rollback.toDeploymentId());
    DeploymentState left = states.get(one.deploymentId());
    boolean empty = left == null || left.runningCount() + left.pendingCount() == 0;
    if (target != null && target.rolloutState() == RolloutState.FAILED) {
      return back.becoming(
          ServiceDeploymentStatus.ROLLBACK_FAILED, target.rolloutStateReason(), true, now);
    }
    if (target != null && target.rolloutState() == RolloutState.COMPLETED && empty) {
      return back.becoming(
          ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL, rollback.reason(), true, now);
    }
    return back.status() == ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS
        ? back
        : back.becoming(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS, rollback.reason(), true, now);
  }
}

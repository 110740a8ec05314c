package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.Rollback;
import dev.berth.contracts.service.StopDeployment;
import dev.berth.contracts.service.StopType;
import dev.berth.scheduler.domain.state.DeploymentMemory;
import dev.berth.scheduler.domain.state.ServiceState;

/**
 * Decides whether a deployment that is under way goes on, is given up, or is rolled back: because
 * its tasks keep failing (ECS: deployment circuit breaker) or because users want so (ECS:
 * StopServiceDeployment).
 */
final class RolloutJudge {
  private final Planning planning;
  private final ServiceState service;

  RolloutJudge(Planning planning, ServiceState service) {
    this.planning = planning;
    this.service = service;
  }

  void judge(int desiredCount) {
    DeploymentConfiguration configuration = service.desired().deploymentConfiguration();
    DeploymentDesired primary = service.primary();
    DeploymentMemory memory = service.memory(primary.id());
    if (memory.isCompleted() || memory.isFailed()) {
      return;
    }
    StopDeployment stop = service.desired().stopDeployment();
    if (stop != null && primary.id().equals(stop.deploymentId()) && !service.isRolledBack()) {
      memory.stopped(planning.now());
      if (stop.type() == StopType.ROLLBACK) {
        rollBack(primary, "Service deployment rolled back because of a StopServiceDeployment.");
      } else {
        memory.giveUp("ECS deployment %s was stopped.".formatted(primary.id()));
        say("SERVICE_DEPLOYMENT_STOPPED", primary, "deployment stopped.");
      }
    } else if (CircuitBreaker.isOn(configuration)
        && memory.countedFailures() >= CircuitBreaker.threshold(configuration, desiredCount)) {
      trip(primary, CircuitBreaker.rollsBack(configuration));
    }
  }

  private void trip(DeploymentDesired failing, boolean mayRollBack) {
    String reason = "ECS deployment circuit breaker: tasks failed to start.";
    if (!mayRollBack || isRollbackItself(failing)) {
      service.memory(failing.id()).giveUp(reason);
      say("SERVICE_DEPLOYMENT_FAILED", failing, "deployment failed: tasks failed to start.");
    } else {
      say("SERVICE_DEPLOYMENT_FAILED", failing, "deployment failed: tasks failed to start.");
      rollBack(failing, reason);
    }
  }

  /** Whether the deployment is the one that was gone back to: there is nothing older to trust. */
  private boolean isRollbackItself(DeploymentDesired deployment) {
    return service.rollback() != null
        && deployment.id().equals(service.rollback().toDeploymentId());
  }

  private void rollBack(DeploymentDesired failing, String reason) {
    service.memory(failing.id()).giveUp(reason);
    DeploymentDesired target = service.lastCompleted();
    if (target == null) {
      say("SERVICE_ROLLBACK_FAILED", failing, "has no completed deployment to roll back to.");
      return;
    }
    service.rollBack(new Rollback(failing.id(), target.id(), reason, planning.now()));
    service
        .memory(target.id())
        .beginAgain(
            "ECS deployment circuit breaker: rolling back to deploymentId %s."
                .formatted(target.id()));
    planning.say(
        service.desired(),
        Sentence.warn(
            "SERVICE_DEPLOYMENT_ROLLBACK",
            target.id(),
            "rolling back to deployment %s.".formatted(target.id())));
  }

  private void say(String eventName, DeploymentDesired deployment, String text) {
    planning.say(
        service.desired(),
        Sentence.error(
            eventName, deployment.id(), "(deployment %s) %s".formatted(deployment.id(), text)));
  }
}

package dev.berth.api.domain.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.Rollback;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceDeploymentProgressTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void itIsInProgressOnceTheSchedulerTookItUp() {
    ServiceDeployment after =
        seen(pending(), null, state("new", RolloutState.IN_PROGRESS, 1, null));

    assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.IN_PROGRESS);
    assertThat(after.startedAt()).isEqualTo(NOW);
    assertThat(after.target().runningTaskCount()).isEqualTo(1);
    assertThat(after.finishedAt()).isNull();
  }

  @Test
  void aStatusThatDoesNotKnowItYetLeavesItPending() {
    ServiceDeployment after = seen(pending(), null, state("old", RolloutState.COMPLETED, 2, null));

    assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.PENDING);
    assertThat(after.sources().getFirst().runningTaskCount()).isEqualTo(2);
  }

  @Test
  void aCompletedOneIsSuccessful() {
    ServiceDeployment after = seen(pending(), null, state("new", RolloutState.COMPLETED, 2, null));

    assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.SUCCESSFUL);
    assertThat(after.finishedAt()).isNotNull();
  }

  @Test
  void oneThatFailedWithoutRollbackIsStopped() {
    ServiceDeployment after = seen(pending(), null, state("new", RolloutState.FAILED, 0, null));

    assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
    assertThat(after.statusReason()).isEqualTo("reason of new");
  }

  @Test
  void oneThatAUserAbortedIsStopped() {
    ServiceDeployment asked =
        pending().becoming(ServiceDeploymentStatus.STOP_REQUESTED, null, false, NOW);

    ServiceDeployment waiting = seen(asked, null, state("new", RolloutState.IN_PROGRESS, 1, null));
    ServiceDeployment after = seen(asked, null, state("new", RolloutState.IN_PROGRESS, 1, NOW));

    assertThat(waiting.status()).isEqualTo(ServiceDeploymentStatus.STOP_REQUESTED);
    assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.STOPPED);
    assertThat(after.stoppedAt()).isEqualTo(NOW);
  }

  @Test
  void itGoesBackUntilNothingOfItIsLeft() {
    Rollback rollback = new Rollback("new", "old", "the circuit breaker", NOW);

    ServiceDeployment going =
        seen(
            pending(),
            rollback,
            state("old", RolloutState.IN_PROGRESS, 1, null),
            state("new", RolloutState.FAILED, 1, null));
    ServiceDeployment back =
        seen(
            going,
            rollback,
            state("old", RolloutState.COMPLETED, 2, null),
            state("new", RolloutState.FAILED, 0, null));

    assertThat(going.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS);
    assertThat(going.rollback().serviceRevisionArn()).isEqualTo("arn:revision/old");
    assertThat(going.finishedAt()).isNull();
    assertThat(back.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    assertThat(back.finishedAt()).isNotNull();
  }

  @Test
  void aRollbackThatFailsIsOver() {
    ServiceDeployment after =
        seen(
            pending(),
            new Rollback("new", "old", "r", NOW),
            state("old", RolloutState.FAILED, 0, null));

    assertThat(after.status()).isEqualTo(ServiceDeploymentStatus.ROLLBACK_FAILED);
  }

  @Test
  void whatIsOverStaysAsItIs() {
    for (ServiceDeploymentStatus status : ServiceDeploymentStatus.values()) {
      ServiceDeployment one = pending().becoming(status, null, false, NOW);
      boolean changed =
          ServiceDeploymentProgress.seen(
                  one, status(null, state("new", RolloutState.COMPLETED, 2, null)), NOW)
              .isPresent();

      assertThat(changed).as("%s", status).isEqualTo(!status.isFinal());
    }
  }

  private static ServiceDeployment seen(
      ServiceDeployment before, Rollback rollback, DeploymentState... states) {
    return ServiceDeploymentProgress.seen(before, status(rollback, states), NOW).orElse(before);
  }

  private static ServiceStatus status(Rollback rollback, DeploymentState... states) {
    return new ServiceStatus(
        "default",
        "web",
        "id",
        1,
        1,
        ServiceStatusName.ACTIVE,
        2,
        2,
        0,
        false,
        List.of(states),
        NOW,
        rollback,
        List.of());
  }

  private static DeploymentState state(
      String id, RolloutState rollout, int running, Instant stoppedAt) {
    return new DeploymentState(
        id,
        DeploymentStatus.ACTIVE,
        "arn",
        2,
        0,
        running,
        0,
        rollout,
        "reason of " + id,
        NOW,
        NOW,
        null,
        List.of(),
        null,
        stoppedAt,
        null);
  }

  private static ServiceDeployment pending() {
    return new ServiceDeployment(
        "arn:deployment/new",
        "new",
        "id",
        "default",
        "web",
        ServiceDeploymentStatus.PENDING,
        null,
        new ServiceDeployment.Revision("arn:revision/new", "new", 2, 0, 0),
        List.of(new ServiceDeployment.Revision("arn:revision/old", "old", 0, 0, 0)),
        null,
        null,
        null,
        NOW,
        null,
        null,
        null,
        NOW);
  }
}

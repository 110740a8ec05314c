package dev.berth.api.domain.fold;

import static dev.berth.api.domain.fold.Records.INSTALLATION;
import static dev.berth.api.domain.fold.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrphanRuleTest {
  @Test
  void aTaskOfAnActiveServiceWhoseVerdictIsNotFoldedYetGoesOn() {
    TaskStatus status = ofService(TaskLifecycle.RUNNING, INSTALLATION);

    Optional<TaskDesired> stop = stop(status, ServiceStatusName.ACTIVE);

    assertThat(stop).isEmpty();
  }

  @Test
  void aTaskOfADrainingServiceIsTheSchedulersBusiness() {
    assertThat(stop(ofService(TaskLifecycle.RUNNING, INSTALLATION), ServiceStatusName.DRAINING))
        .isEmpty();
  }

  @Test
  void aTaskOfADeletedServiceIsToStop() {
    TaskStatus status = ofService(TaskLifecycle.RUNNING, INSTALLATION);

    assertThat(stop(status, ServiceStatusName.INACTIVE).orElseThrow().desiredStatus())
        .isEqualTo(TaskLifecycle.STOPPED);
    assertThat(stop(status, null)).isPresent();
  }

  @Test
  void aTaskOfAnotherInstallationIsNeverTouched() {
    assertThat(stop(ofService(TaskLifecycle.RUNNING, "another"), null)).isEmpty();
  }

  @Test
  void aTaskThatIsStoppingAnywayNeedsNoStop() {
    assertThat(stop(ofService(TaskLifecycle.STOPPING, INSTALLATION), null)).isEmpty();
    assertThat(stop(ofService(TaskLifecycle.STOPPED, INSTALLATION), null)).isEmpty();
  }

  @Test
  void aStopIsAskedForOnce() {
    TaskStatus status = ofService(TaskLifecycle.RUNNING, INSTALLATION);
    TaskRow row = TaskFold.status(null, status, NOON).orElseThrow();
    TaskDesired asked = OrphanRule.stop(row, status, null, INSTALLATION).orElseThrow();

    Optional<TaskDesired> again =
        OrphanRule.stop(row.stopAsked(asked, 9), status, null, INSTALLATION);

    assertThat(again).isEmpty();
  }

  @Test
  void aLostOneOffThatComesBackIsToStop() {
    TaskRow lost = TaskFold.verdict(null, Records.lost("t1", 1, "instance-1")).orElseThrow();
    TaskStatus back = Records.status("t1", 2, TaskLifecycle.RUNNING);
    TaskRow row = TaskFold.status(lost, back, NOON).orElseThrow();

    assertThat(OrphanRule.stop(row, back, null, INSTALLATION)).isPresent();
  }

  @Test
  void anUnknownOneOffGoesOn() {
    assertThat(stop(Records.status("t1", 1, TaskLifecycle.RUNNING), null)).isEmpty();
  }

  private static TaskStatus ofService(TaskLifecycle last, String installation) {
    return Records.status("t1", 1, last, "web", "s1", installation);
  }

  private static Optional<TaskDesired> stop(TaskStatus status, ServiceStatusName service) {
    TaskRow row = TaskFold.status(null, status, NOON).orElseThrow();
    return OrphanRule.stop(row, status, service, INSTALLATION);
  }
}

package dev.berth.api.domain.fold;

import static dev.berth.api.domain.fold.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.domain.fold.ServiceStatusFold.Change;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import org.junit.jupiter.api.Test;

class ServiceStatusFoldTest {
  @Test
  void anOlderDeploymentStaysWhileItIsListed() {
    ServiceRow row = row(ServiceStatusName.ACTIVE, "new", "old");

    Change change =
        ServiceStatusFold.status(row, Records.serviceStatus("s1", 1, 10, 2, "new", "old"), NOON)
            .orElseThrow();

    assertThat(change.desiredChanged()).isFalse();
    assertThat(change.desired().deployments()).hasSize(2);
  }

  @Test
  void anOlderDeploymentGoesOnceItIsNoLongerListed() {
    ServiceRow row = row(ServiceStatusName.ACTIVE, "new", "old");

    Change change =
        ServiceStatusFold.status(row, Records.serviceStatus("s1", 1, 10, 2, "new"), NOON)
            .orElseThrow();

    assertThat(change.desiredChanged()).isTrue();
    assertThat(change.desired().deployments())
        .extracting(DeploymentDesired::id)
        .containsExactly("new");
  }

  @Test
  void aStatusThatAnswersToAnOlderRequestDropsNothing() {
    ServiceRow row = row(ServiceStatusName.ACTIVE, "new", "old");

    Change change =
        ServiceStatusFold.status(row, Records.serviceStatus("s1", 1, 9, 2, "old"), NOON)
            .orElseThrow();

    assertThat(change.desiredChanged()).isFalse();
    assertThat(change.desired().deployments()).hasSize(2);
  }

  @Test
  void thePrimaryDeploymentIsNeverDropped() {
    Change change =
        ServiceStatusFold.status(
                row(ServiceStatusName.ACTIVE, "new"), Records.serviceStatus("s1", 1, 10, 0), NOON)
            .orElseThrow();

    assertThat(change.desired().deployments()).hasSize(1);
  }

  @Test
  void aDrainingServiceWithoutTasksIsGone() {
    ServiceRow row = row(ServiceStatusName.DRAINING, "new");
    ServiceStatus empty = Records.serviceStatus("s1", 1, 10, 0, ServiceStatusName.INACTIVE, "new");

    Change change = ServiceStatusFold.status(row, empty, NOON).orElseThrow();
    ServiceRow after = ServiceStatusFold.changed(row, change, NOON);

    assertThat(after.status()).isEqualTo(ServiceStatusName.INACTIVE);
    assertThat(after.deletedAt()).isEqualTo(NOON);
    assertThat(change.desiredChanged()).isTrue();
  }

  @Test
  void aServiceWhoseTasksAreStillStoppingIsNotGone() {
    ServiceStatus stopping =
        Records.serviceStatus("s1", 1, 10, 0, ServiceStatusName.DRAINING, "new");

    var change =
        ServiceStatusFold.status(row(ServiceStatusName.DRAINING, "new"), stopping, NOON)
            .orElseThrow();

    assertThat(change.desired().status()).isEqualTo(ServiceStatusName.DRAINING);
  }

  @Test
  void aDrainingServiceIsNotGoneByYesterdaysAnswer() {
    ServiceStatus old = Records.serviceStatus("s1", 1, 9, 0, ServiceStatusName.INACTIVE, "new");

    Change change =
        ServiceStatusFold.status(row(ServiceStatusName.DRAINING, "new"), old, NOON).orElseThrow();

    assertThat(change.desired().status()).isEqualTo(ServiceStatusName.DRAINING);
  }

  @Test
  void aStatusOfAnEarlierServiceOfThatNameChangesNothing() {
    assertThat(
            ServiceStatusFold.status(
                row(ServiceStatusName.ACTIVE, "new"), Records.serviceStatus("s0", 99, 99, 2), NOON))
        .isEmpty();
  }

  @Test
  void whatTheSchedulerWentBackToIsPrimaryAgain() {
    ServiceRow row = row(ServiceStatusName.ACTIVE, "new", "old");
    ServiceStatus back =
        Records.rolledBack(
            Records.serviceStatus("s1", 1, 10, 2, "new", "old"), "new", "old", "it failed");

    Change change = ServiceStatusFold.status(row, back, NOON).orElseThrow();

    assertThat(change.desiredChanged()).isTrue();
    assertThat(change.desired().deployments())
        .extracting(DeploymentDesired::id)
        .containsExactly("old", "new");
    assertThat(change.desired().deployments())
        .extracting(DeploymentDesired::status)
        .containsExactly(DeploymentStatus.PRIMARY, DeploymentStatus.ACTIVE);
  }

  @Test
  void aRollbackOfAnEarlierDeploymentChangesNothing() {
    ServiceRow row = row(ServiceStatusName.ACTIVE, "newest", "new", "old");
    ServiceStatus back =
        Records.rolledBack(
            Records.serviceStatus("s1", 1, 9, 2, "new", "old"), "new", "old", "it failed");

    Change change = ServiceStatusFold.status(row, back, NOON).orElseThrow();

    assertThat(change.desiredChanged()).isFalse();
  }

  private static ServiceRow row(ServiceStatusName status, String... deployments) {
    return new ServiceRow(
        "s1",
        Records.CLUSTER,
        "web",
        status,
        10,
        Records.service("s1", 10, status, deployments),
        0,
        null,
        null);
  }
}

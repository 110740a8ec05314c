package dev.berth.api.domain.fold;

import static dev.berth.api.domain.fold.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.domain.fold.InstanceFold.Change;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import org.junit.jupiter.api.Test;

class InstanceFoldTest {
  @Test
  void anInstanceHeardOfForTheFirstTimeIsWantedActive() {
    Change change =
        InstanceFold.status(null, Records.instance("i1", "default", 1), NOON).orElseThrow();

    assertThat(change.desiredChanged()).isTrue();
    assertThat(change.row().status()).isEqualTo(InstanceStatusName.ACTIVE);
    assertThat(change.row().desired().status()).isEqualTo(InstanceStatusName.ACTIVE);
  }

  @Test
  void aStatusThatComesTwiceChangesNothing() {
    InstanceRow row = registered();

    assertThat(InstanceFold.status(row, Records.instance("i1", "default", 1), NOON)).isEmpty();
  }

  @Test
  void aDrainingInstanceStaysDrainingWhenItsNodeIsStartedAgain() {
    InstanceRow draining = with(registered(), InstanceStatusName.DRAINING);

    Change change =
        InstanceFold.status(
                draining, Records.instance("i1", "default", 2, NOON.plusSeconds(60)), NOON)
            .orElseThrow();

    assertThat(change.row().status()).isEqualTo(InstanceStatusName.DRAINING);
    assertThat(change.desiredChanged()).isFalse();
  }

  @Test
  void aDeregisteredInstanceComesBackOnlyWhenItsNodeWasStartedSince() {
    InstanceRow gone = with(registered(), InstanceStatusName.INACTIVE);

    Change same =
        InstanceFold.status(gone, Records.instance("i1", "default", 2, NOON), NOON).orElseThrow();
    Change startedAgain =
        InstanceFold.status(gone, Records.instance("i1", "default", 2, NOON.plusSeconds(60)), NOON)
            .orElseThrow();

    assertThat(same.row().status()).isEqualTo(InstanceStatusName.INACTIVE);
    assertThat(startedAgain.row().status()).isEqualTo(InstanceStatusName.ACTIVE);
    assertThat(startedAgain.desiredChanged()).isTrue();
  }

  @Test
  void whatIsWantedOfAMachineRegisteredAheadIsPublishedOnceItsNodeSpeaks() {
    InstanceRow node = registered();
    InstanceRow ahead =
        new InstanceRow(
            node.id(),
            node.cluster(),
            InstanceStatusName.DRAINING,
            node.version(),
            node.desired(),
            0,
            node.seen(),
            NOON.minusSeconds(60),
            null);

    Change first =
        InstanceFold.status(ahead, Records.instance("i1", "default", 2), NOON).orElseThrow();
    Change next =
        InstanceFold.status(first.row(), Records.instance("i1", "default", 3), NOON).orElseThrow();

    assertThat(first.desiredChanged()).isTrue();
    assertThat(first.row().status()).isEqualTo(InstanceStatusName.DRAINING);
    assertThat(first.row().registeredAt()).isEqualTo(NOON.minusSeconds(60));
    assertThat(next.desiredChanged()).isFalse();
  }

  @Test
  void anInstanceStaysInItsClusterUntilItIsDeregistered() {
    ContainerInstanceStatus elsewhere = Records.instance("i1", "other", 2, NOON.plusSeconds(60));

    assertThat(InstanceFold.status(registered(), elsewhere, NOON)).isEmpty();
    InstanceRow moved =
        InstanceFold.status(with(registered(), InstanceStatusName.INACTIVE), elsewhere, NOON)
            .orElseThrow()
            .row();

    assertThat(moved.cluster()).isEqualTo("other");
    assertThat(moved.desired().cluster()).isEqualTo("other");
  }

  private static InstanceRow registered() {
    return InstanceFold.status(null, Records.instance("i1", "default", 1), NOON)
        .orElseThrow()
        .row()
        .withVersion(7);
  }

  private static InstanceRow with(InstanceRow row, InstanceStatusName status) {
    return new InstanceRow(
        row.id(),
        row.cluster(),
        status,
        row.version(),
        row.desired(),
        row.seenVersion(),
        row.seen(),
        row.registeredAt(),
        status == InstanceStatusName.INACTIVE ? NOON.plusSeconds(30) : null);
  }
}

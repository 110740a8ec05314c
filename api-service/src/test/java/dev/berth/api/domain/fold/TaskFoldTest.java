package dev.berth.api.domain.fold;

import static dev.berth.api.domain.fold.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskFoldTest {
  @Test
  void aVerdictOfAnUnknownTaskMakesItsRow() {
    TaskVerdict verdict = Records.placed("t1", 5, "instance-1", "web");

    TaskRow row = TaskFold.verdict(null, verdict).orElseThrow();

    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.PROVISIONING);
    assertThat(row.desiredStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(row.containerInstanceId()).isEqualTo("instance-1");
    assertThat(row.family()).isEqualTo("web");
    assertThat(row.createdAt()).isEqualTo(NOON);
  }

  @Test
  void aVerdictThatComesTwiceOrLateChangesNothing() {
    TaskRow row =
        TaskFold.verdict(null, Records.placed("t1", 5, "instance-1", "web")).orElseThrow();

    Optional<TaskRow> twice = TaskFold.verdict(row, Records.placed("t1", 5, "instance-1", "web"));
    Optional<TaskRow> late = TaskFold.verdict(row, Records.placed("t1", 4, "instance-2", "web"));

    assertThat(twice).isEmpty();
    assertThat(late).isEmpty();
  }

  @Test
  void aTaskThatNobodyAskedForAndNoNodeToldOfIsHearsay() {
    TaskVerdict verdict = Records.placed("t1", 5, "instance-1", "web");
    TaskRow placed = TaskFold.verdict(null, verdict).orElseThrow();
    TaskRow seen =
        TaskFold.status(placed, Records.status("t1", 1, TaskLifecycle.RUNNING), NOON).orElseThrow();
    TaskRow refused = TaskFold.verdict(null, Records.refused("t1", 1)).orElseThrow();

    assertThat(TaskFold.isHearsay(placed)).isTrue();
    assertThat(TaskFold.isHearsay(seen)).isFalse();
    assertThat(TaskFold.isHearsay(refused)).isFalse();
  }

  @Test
  void aRefusedTaskIsStoppedThoughNoNodeSaysSo() {
    TaskRow row = TaskFold.verdict(null, Records.refused("t1", 1)).orElseThrow();

    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(row.stoppedAt()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void aTaskStoppedBeforeItHadAPlaceIsStopped() {
    TaskVerdict verdict =
        Records.verdict("t1", 1, VerdictOutcome.PLACED, TaskLifecycle.STOPPED, null, null);

    TaskRow row = TaskFold.verdict(null, verdict).orElseThrow();

    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
  }

  @Test
  void aPlacedTaskThatIsToStopWaitsForItsNode() {
    TaskRow running =
        TaskFold.status(null, Records.status("t1", 1, TaskLifecycle.RUNNING), NOON).orElseThrow();
    TaskVerdict stop =
        Records.verdict("t1", 1, VerdictOutcome.PLACED, TaskLifecycle.STOPPED, "instance-1", null);

    TaskRow row = TaskFold.verdict(running, stop).orElseThrow();

    assertThat(row.desiredStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
  }

  @ParameterizedTest
  @EnumSource(TaskLifecycle.class)
  void aLostTaskStaysStoppedWhateverItsNodeSaysLater(TaskLifecycle seen) {
    TaskRow lost = TaskFold.verdict(null, Records.lost("t1", 1, "instance-1")).orElseThrow();

    TaskRow row = TaskFold.status(lost, Records.status("t1", 7, seen), NOON).orElseThrow();

    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(row.desiredStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(row.stoppedAt()).isEqualTo(lost.stoppedAt());
    assertThat(row.seenVersion()).isEqualTo(7);
  }

  @Test
  void everyPairOfStatesMovesForwardOnly() {
    for (TaskLifecycle from : TaskLifecycle.values()) {
      for (TaskLifecycle to : TaskLifecycle.values()) {
        TaskRow before = TaskFold.status(null, Records.status("t1", 1, from), NOON).orElseThrow();

        TaskRow after = TaskFold.status(before, Records.status("t1", 2, to), NOON).orElseThrow();

        assertThat(after.lastStatus())
            .as("%s then %s", from, to)
            .isEqualTo(from.compareTo(to) > 0 ? from : to);
      }
    }
  }

  @Test
  void aStatusBeforeItsVerdictIsKeptAndTheVerdictCompletesIt() {
    TaskStatus status =
        Records.status("t1", 1, TaskLifecycle.RUNNING, "web", "s1", Records.INSTALLATION);
    TaskRow seenFirst = TaskFold.status(null, status, NOON).orElseThrow();

    TaskRow row =
        TaskFold.verdict(seenFirst, Records.placed("t1", 1, "instance-1", "web")).orElseThrow();

    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(row.serviceId()).isEqualTo("s1");
    assertThat(row.verdictVersion()).isEqualTo(1);
    assertThat(row.seenVersion()).isEqualTo(1);
  }

  @Test
  void aRunningTaskIsShownAsTheSchedulerSeesItsTargets() {
    TaskVerdict placed = Records.placed("t1", 1, "instance-1", "web");
    TaskRow activating =
        TaskFold.verdict(null, Records.at(placed, 1, TaskLifecycle.ACTIVATING)).orElseThrow();

    TaskRow started =
        TaskFold.status(activating, Records.status("t1", 1, TaskLifecycle.RUNNING), NOON)
            .orElseThrow();
    TaskRow running = TaskFold.verdict(started, Records.at(placed, 2, null)).orElseThrow();
    TaskRow leaving =
        TaskFold.verdict(running, Records.at(placed, 3, TaskLifecycle.DEACTIVATING)).orElseThrow();
    TaskRow stopping =
        TaskFold.status(leaving, Records.status("t1", 2, TaskLifecycle.STOPPING), NOON)
            .orElseThrow();

    assertThat(activating.lastStatus()).isEqualTo(TaskLifecycle.PROVISIONING);
    assertThat(started.lastStatus()).isEqualTo(TaskLifecycle.ACTIVATING);
    assertThat(running.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(leaving.lastStatus()).isEqualTo(TaskLifecycle.DEACTIVATING);
    assertThat(stopping.lastStatus()).isEqualTo(TaskLifecycle.STOPPING);
  }

  @Test
  void aQueuedTaskIsStillToRun() {
    TaskRow row =
        TaskFold.verdict(
                null,
                Records.verdict("t1", 1, VerdictOutcome.QUEUED, TaskLifecycle.RUNNING, null, null))
            .orElseThrow();

    assertThat(row.lastStatus()).isEqualTo(TaskLifecycle.PROVISIONING);
    assertThat(row.desiredStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(row.stoppedAt()).isNull();
  }

  @Test
  void aTaskThatEndsByItselfIsNoLongerWantedRunning() {
    TaskRow row =
        TaskFold.status(null, Records.status("t1", 1, TaskLifecycle.STOPPED), NOON).orElseThrow();

    assertThat(row.desiredStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(row.stoppedAt()).isEqualTo(NOON.plusSeconds(9));
  }
}

package dev.berth.node.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("How a task ends: essential containers, stops, restarts, health, cleanup")
class TaskEndTest {
  private static final String TWO =
      """
      {"name":"app"},{"name":"sidecar","essential":false}
      """;

  @Test
  void anEssentialContainersExitStopsTheTask() {
    // Given
    TaskBench task = TaskBench.of(TWO).begin();
    // When
    task.exit("app", 3);
    // Then
    TaskStatus last = task.reports().getLast();
    assertThat(last.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(last.stopCode()).isEqualTo(StopCode.EssentialContainerExited);
    assertThat(last.stoppedReason()).isEqualTo("Essential container in task exited");
    assertThat(last.containers()).extracting("exitCode").containsExactly(3, 143);
    assertThat(last.startedAt()).isNotNull();
    assertThat(last.executionStoppedAt()).isNotNull();
    assertThat(task.done("stop")).containsExactly("stop sidecar 30s");
  }

  @Test
  void aSidecarsExitDoesNot() {
    // Given
    TaskBench task = TaskBench.of(TWO).begin();
    // When
    task.exit("sidecar", 0);
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(task.reports().getLast().containers().get(1).exitCode()).isZero();
  }

  @Test
  void containersAreStoppedInReverseOfTheirDependencies() {
    // Given
    TaskBench task =
        TaskBench.of(
                """
                {"name":"db","stopTimeout":7},
                {"name":"cache"},
                {"name":"app","stopTimeout":2,"dependsOn":[
                  {"containerName":"db","condition":"START"},
                  {"containerName":"cache","condition":"START"}]},
                {"name":"proxy","dependsOn":[{"containerName":"app","condition":"START"}]}
                """)
            .holdingBack("stop proxy 30s")
            .begin();
    // When
    task.stop();
    // Then
    assertThat(task.done("stop")).containsExactly("stop proxy 30s");
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPING);
    task.exit("proxy", 0);
    assertThat(task.done("stop"))
        .containsExactly("stop proxy 30s", "stop app 2s", "stop db 7s", "stop cache 30s");
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(task.state().stopCode()).isEqualTo(StopCode.UserInitiated);
    assertThat(task.state().stoppedReason()).isEqualTo("asked to");
  }

  @Test
  void aStopThatComesWhileAContainerIsCreatedWaitsForItAndStartsNothing() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").holdingBack("create app").begin();
    // When
    task.stop();
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPING);
    task.tell(new TaskEvent.Created("app", "app-id"));
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(task.done("start", "stop")).isEmpty();
  }

  @Test
  void aTaskWithAnAddressGivesItBackLast() {
    // Given
    TaskBench task =
        TaskBench.of("{\"networkMode\":\"awsvpc\",\"containerDefinitions\":[{\"name\":\"app\"}]}")
            .holdingBack("release")
            .begin();
    // When
    task.stop();
    // Then
    assertThat(task.done("stop", "release")).containsExactly("stop app 30s", "release");
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.DEPROVISIONING);
    task.tell(new TaskEvent.HolderStopped());
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
  }

  @Test
  void aFailedPullIsTheReasonOfTheStop() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").holdingBack("pull app").begin();
    // When
    task.tell(new TaskEvent.ImageFailed("app", "CannotPullContainerError: denied"));
    // Then
    TaskStatus last = task.reports().getLast();
    assertThat(last.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(last.stopCode()).isEqualTo(StopCode.TaskFailedToStart);
    assertThat(last.stoppedReason()).isEqualTo("CannotPullContainerError: denied");
    assertThat(last.pullStoppedAt()).isNotNull();
    assertThat(last.startedAt()).isNull();
  }

  @Test
  void memoryUsedUpIsToldInEcsWords() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").begin();
    // When
    task.tell(
        new TaskEvent.Exited("app", 137, true, task.container("app").startedAt(), task.now()));
    // Then
    assertThat(task.reports().getLast().containers().get(0).reason())
        .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
  }

  @ParameterizedTest(name = "exit {1} after {0} s: restarted {2}")
  @CsvSource({"60, 1, true", "59, 1, false", "60, 0, false", "600, 9, true"})
  void aRestartPolicyRestartsAfterItsAttemptPeriod(long ran, int exitCode, boolean restarted) {
    // Given
    TaskBench task =
        TaskBench.of(
                """
                {"name":"app","restartPolicy":
                  {"enabled":true,"ignoredExitCodes":[0],"restartAttemptPeriod":60}}
                """)
            .begin();
    task.passSilently(Duration.ofSeconds(ran));
    // When
    task.exit("app", exitCode);
    // Then
    assertThat(task.done("start")).hasSize(restarted ? 2 : 1);
    assertThat(task.lastStatus())
        .isEqualTo(restarted ? TaskLifecycle.RUNNING : TaskLifecycle.STOPPED);
  }

  @Test
  void anExitToldTwiceDoesNotEndTheRunAfterIt() {
    // Given
    TaskBench task =
        TaskBench.of(
                "{\"name\":\"app\",\"restartPolicy\":{\"enabled\":true,\"restartAttemptPeriod\":60}}")
            .begin();
    task.passSilently(Duration.ofSeconds(61));
    var exit = new TaskEvent.Exited("app", 1, false, task.container("app").startedAt(), task.now());
    task.tell(exit);
    // When
    task.tell(exit);
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(task.container("app").restarts()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "HEALTHY, HEALTHY, HEALTHY",
    "HEALTHY, UNKNOWN, UNKNOWN",
    "UNHEALTHY, UNKNOWN, UNHEALTHY",
    "UNHEALTHY, HEALTHY, UNHEALTHY"
  })
  void theTasksHealthIsThatOfItsCheckedEssentialContainers(
      HealthStatus first, HealthStatus second, HealthStatus expected) {
    // Given
    String check = "\"healthCheck\":{\"command\":[\"CMD\",\"true\"]}";
    TaskBench task =
        TaskBench.of(
                "{\"name\":\"a\",%s},{\"name\":\"b\",%s},{\"name\":\"c\"},{\"name\":\"d\",\"essential\":false,%s}"
                    .formatted(check, check, check))
            .begin();
    task.unhealthy("d");
    // When
    task.tell(new TaskEvent.HealthSeen("a", first));
    task.tell(new TaskEvent.HealthSeen("b", second));
    // Then
    assertThat(task.reports().getLast().healthStatus()).isEqualTo(expected);
  }

  @Test
  void withoutACheckHealthIsUnknown() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"a\"}");
    // When
    task.begin();
    // Then
    assertThat(task.reports().getLast().healthStatus()).isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void whatIsLeftIsRemovedAfterAWhileAndTheTaskForgottenOnceNobodyAssignsIt() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").begin().exit("app", 0);
    assertThat(task.transitions().nextDeadline(task.state()))
        .contains(task.state().stoppedAt().plus(TaskPolicy.DEFAULT.cleanupWait()));
    task.tell(new TaskEvent.AssignmentGone());
    assertThat(task.done("clean", "forget")).isEmpty();
    // When
    task.pass(TaskPolicy.DEFAULT.cleanupWait());
    // Then
    assertThat(task.done("clean", "forget")).containsExactly("clean", "forget");
  }

  @Test
  void aMissingAssignmentStopsNothing() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").begin();
    // When
    task.tell(new TaskEvent.AssignmentGone());
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(task.done("stop")).isEmpty();
  }

  @Test
  void aLateOrRepeatedWordOfTheSchedulerChangesNothing() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").begin();
    var stop = Assignments.stopped(task.state().assigned(), "late");
    // When
    task.tell(new TaskEvent.Assigned(Assignments.withVersion(stop, 1)));
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
  }

  @Test
  void aTaskThatIsOverIsReportedAgainWhenItIsAssignedAnew() {
    // Given
    TaskBench task = TaskBench.of("{\"name\":\"app\"}").begin().exit("app", 0);
    int reported = task.reports().size();
    // When
    task.tell(new TaskEvent.Assigned(Assignments.withVersion(task.state().assigned(), 9)));
    // Then
    assertThat(task.reports()).hasSize(reported + 1);
    assertThat(task.reports().getLast().lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(task.done("create")).hasSize(1);
  }
}

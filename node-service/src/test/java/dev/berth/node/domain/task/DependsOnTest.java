package dev.berth.node.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskLifecycle;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("dependsOn, startTimeout, links, volumesFrom")
class DependsOnTest {

  private static String pair(String condition) {
    return """
        {"name":"app","dependsOn":[{"containerName":"init","condition":"%s"}]},
        {"name":"init","essential":false,"startTimeout":20,
         "healthCheck":{"command":["CMD","true"]}}
        """
        .formatted(condition);
  }

  @Test
  void startIsMetOnceTheOtherRuns() {
    // Given
    TaskBench task = TaskBench.of(pair("START")).holdingBack("start init");
    // When
    task.begin();
    // Then
    assertThat(task.done("start")).containsExactly("start init");
    task.tell(new TaskEvent.Started("init", "init-id", java.util.List.of(), task.now()));
    assertThat(task.done("start")).containsExactly("start init", "start app");
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
  }

  @ParameterizedTest(name = "{0}, exit {1}: starts {2}")
  @CsvSource({"COMPLETE, 0, true", "COMPLETE, 7, true", "SUCCESS, 0, true", "SUCCESS, 7, false"})
  void anExitDecides(String condition, int exitCode, boolean starts) {
    // Given
    TaskBench task = TaskBench.of(pair(condition)).begin();
    assertThat(task.done("start")).containsExactly("start init");
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.PENDING);
    // When
    task.exit("init", exitCode);
    // Then
    if (starts) {
      assertThat(task.done("start")).containsExactly("start init", "start app");
      assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    } else {
      assertThat(task.done("start")).containsExactly("start init");
      assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
      assertThat(task.state().stopCode()).isEqualTo(StopCode.TaskFailedToStart);
      assertThat(task.state().stoppedReason())
          .contains("init", "SUCCESS", "exited with code " + exitCode);
    }
  }

  @Test
  void healthyIsMetByTheHealthCheckOnly() {
    // Given
    TaskBench task = TaskBench.of(pair("HEALTHY")).begin();
    assertThat(task.done("start")).containsExactly("start init");
    // When
    task.healthy("init");
    // Then
    assertThat(task.done("start")).containsExactly("start init", "start app");
  }

  @ParameterizedTest
  @CsvSource({"COMPLETE", "SUCCESS", "HEALTHY"})
  void aStartTimeoutGivesUp(String condition) {
    // Given
    TaskBench task = TaskBench.of(pair(condition)).begin();
    assertThat(task.transitions().nextDeadline(task.state()))
        .contains(task.now().plus(Duration.ofSeconds(20)));
    task.pass(Duration.ofSeconds(19));
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.PENDING);
    // When
    task.pass(Duration.ofSeconds(1));
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(task.state().stopCode()).isEqualTo(StopCode.TaskFailedToStart);
    assertThat(task.state().stoppedReason()).contains("startTimeout");
    assertThat(task.done("stop")).containsExactly("stop init 30s");
  }

  @Test
  void allImagesArePulledAndAllContainersCreatedWithoutWaitingForConditions() {
    // Given
    TaskBench task = TaskBench.of(pair("COMPLETE"));
    // When
    task.begin();
    // Then
    assertThat(task.done("pull", "create"))
        .containsExactlyInAnyOrder("pull app", "pull init", "create app", "create init");
  }

  @Test
  void aDependencyThatCannotStartEndsTheDependent() {
    // Given
    TaskBench task = TaskBench.of(pair("START")).holdingBack("pull init").begin();
    // When
    task.tell(new TaskEvent.ImageFailed("init", "CannotPullContainerError: no such image"));
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.STOPPED);
    assertThat(task.state().stoppedReason()).contains("init", "did not start");
    assertThat(task.container("init").reason())
        .isEqualTo("CannotPullContainerError: no such image");
  }

  @Test
  void aLinkedContainerIsStartedFirst() {
    // Given
    TaskBench task =
        TaskBench.of(
            """
            {"name":"web","links":["db:database"]},
            {"name":"db"}
            """);
    // When
    task.begin();
    // Then
    assertThat(task.done("create", "start"))
        .containsSubsequence("create db", "create web", "start web")
        .containsSubsequence("start db", "start web");
  }

  @Test
  void aContainerWhoseVolumesAreUsedIsCreatedFirst() {
    // Given
    TaskBench task =
        TaskBench.of(
            """
            {"name":"web","volumesFrom":[{"sourceContainer":"data"}]},
            {"name":"data","essential":false}
            """);
    // When
    task.begin();
    // Then
    assertThat(task.done("create")).containsExactly("create data", "create web");
  }

  @Test
  void anAwsvpcTaskHasItsAddressBeforeItsContainers() {
    // Given
    TaskBench task =
        TaskBench.of(
                """
                {"networkMode":"awsvpc","containerDefinitions":[{"name":"app"}]}
                """)
            .holdingBack("holder");
    // When
    task.begin();
    // Then
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.PROVISIONING);
    assertThat(task.done("create")).isEmpty();
    task.tell(new TaskEvent.HolderReady("h", "172.30.0.9", "02:42"));
    assertThat(task.lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(task.reports().getLast().containers().get(0).networkInterfaces().get(0))
        .extracting("privateIpv4Address")
        .isEqualTo("172.30.0.9");
  }
}

package dev.berth.node.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.application.NodeUnderTest;
import dev.berth.node.application.RecordingSink;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.task.Assignments;
import dev.berth.node.domain.task.TaskPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A node on the real engine: what order, time and exit codes show")
class NodeOnDockerTest {
  private static final TaskPolicy POLICY =
      new TaskPolicy(Duration.ofMinutes(10), Duration.ofSeconds(1));

  @TempDir Path data;
  private final DockerContainerEngine engine = RealDocker.engine();
  private final String image = RealDocker.image();
  private final RecordingSink log = new RecordingSink();
  private final List<TaskAssigned> tasks = new ArrayList<>();
  private NodeUnderTest node;

  @BeforeEach
  void start() {
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
  }

  @AfterEach
  void stop() {
    node.close();
    for (TaskAssigned task : tasks) {
      engine
          .list(Map.of(BerthLabels.TASK_ID, task.taskId()))
          .forEach(container -> engine.remove(container.id()));
    }
  }

  private TaskAssigned run(String definition) {
    TaskAssigned task = node.task(definition.replace("IMAGE", image));
    tasks.add(task);
    node.supervisor().assigned(task);
    return task;
  }

  private ContainerSnapshot seen(TaskAssigned task, String container) {
    return engine
        .inspect(TaskContainers.containerName(task.taskId(), container))
        .orElseThrow(() -> new AssertionError("no container " + container));
  }

  private static ContainerState container(TaskStatus status, String name) {
    return status.containers().stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void afterAKillTheNextProcessGoesOnWithTheSameContainer() {
    // Given
    TaskAssigned task =
        run("{\"name\":\"app\",\"image\":\"IMAGE\",\"command\":[\"sleep\",\"600\"]}");
    String before = container(node.await(task, TaskLifecycle.RUNNING), "app").runtimeId();
    node.kill();
    log.empty();
    // When
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
    node.supervisor().assigned(task);
    // Then
    assertThat(container(node.await(task, TaskLifecycle.RUNNING), "app").runtimeId())
        .isEqualTo(before);
    node.supervisor().assigned(Assignments.stopped(task, "done"));
    assertThat(node.await(task, TaskLifecycle.STOPPED).stoppedReason()).isEqualTo("done");
  }

  @Test
  void aNodeKilledInTheMiddleOfAOneOffReportsItsExitCodeAndRunsItOnce() {
    // Given
    TaskAssigned task =
        run(
            """
            {"name":"job","image":"IMAGE","command":["sh","-c",
             "echo ran; while [ ! -e /tmp/go ]; do sleep 0.1; done; exit 7"]}
            """);
    node.await(task, TaskLifecycle.RUNNING);
    node.kill();
    RealDocker.run(
        List.of(
            "docker",
            "exec",
            TaskContainers.containerName(task.taskId(), "job"),
            "touch",
            "/tmp/go"));
    await().until(() -> seen(task, "job").finishedAt() != null);
    // When
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
    node.supervisor().assigned(task);
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(container(stopped, "job").exitCode()).isEqualTo(7);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.EssentialContainerExited);
    assertThat(
            RealDocker.run(
                List.of("docker", "logs", TaskContainers.containerName(task.taskId(), "job"))))
        .isEqualTo("ran");
  }

  @ParameterizedTest(name = "dependsOn {0}")
  @CsvSource({"START, sleep 600", "COMPLETE, exit 3", "SUCCESS, exit 0", "HEALTHY, sleep 600"})
  void dependsOnOrdersTheStarts(String condition, String command) {
    // When
    TaskAssigned task =
        run(
            """
            {"name":"app","image":"IMAGE","command":["sleep","600"],
             "dependsOn":[{"containerName":"first","condition":"%s"}]},
            {"name":"first","image":"IMAGE","essential":false,"command":["sh","-c","%s"],
             "healthCheck":{"command":["CMD","true"],"interval":5,"timeout":2}}
            """
                .formatted(condition, command));
    // Then
    TaskStatus running = node.await(task, TaskLifecycle.RUNNING);
    ContainerSnapshot first = seen(task, "first");
    ContainerSnapshot app = seen(task, "app");
    if (first.finishedAt() == null) {
      assertThat(app.startedAt()).isAfter(first.startedAt());
    } else {
      assertThat(app.startedAt()).isAfter(first.finishedAt());
    }
    if ("HEALTHY".equals(condition)) {
      assertThat(container(running, "first").healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    }
  }

  @Test
  void startTimeoutGivesUp() {
    // When
    TaskAssigned task =
        run(
            """
            {"name":"app","image":"IMAGE","command":["sleep","600"],
             "dependsOn":[{"containerName":"slow","condition":"SUCCESS"}]},
            {"name":"slow","image":"IMAGE","essential":false,"command":["sleep","600"],
             "startTimeout":2,"stopTimeout":2}
            """);
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.TaskFailedToStart);
    assertThat(stopped.stoppedReason()).contains("slow", "startTimeout");
    assertThat(seen(task, "app").startedAt()).isNull();
    assertThat(Duration.between(seen(task, "slow").startedAt(), stopped.stoppingAt()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest(name = "on SIGTERM {0}: exit code {1}")
  @CsvSource({"exit 0, 0", "exit 9, 9", "true, 137"})
  void stopTimeoutSeparatesTheSignalFromTheKill(String onTerm, int exitCode) {
    // Given
    TaskAssigned task =
        run(
            """
            {"name":"app","image":"IMAGE","stopTimeout":3,"command":["sh","-c",
             "trap '%s' TERM; while true; do sleep 0.1; done"]}
            """
                .formatted(onTerm));
    node.await(task, TaskLifecycle.RUNNING);
    // When
    node.supervisor().assigned(Assignments.stopped(task, "enough"));
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(container(stopped, "app").exitCode()).isEqualTo(exitCode);
    if (exitCode == 137) {
      assertThat(Duration.between(stopped.stoppingAt(), seen(task, "app").finishedAt()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }
  }

  @Test
  void containersStopInReverseOrder() {
    // Given
    TaskAssigned task =
        run(
            """
            {"name":"app","image":"IMAGE","command":["sleep","600"],"stopTimeout":2,
             "dependsOn":[{"containerName":"db","condition":"START"}]},
            {"name":"db","image":"IMAGE","command":["sleep","600"],"stopTimeout":2}
            """);
    node.await(task, TaskLifecycle.RUNNING);
    // When
    node.supervisor().assigned(Assignments.stopped(task, "enough"));
    // Then
    node.await(task, TaskLifecycle.STOPPED);
    assertThat(seen(task, "db").finishedAt()).isAfter(seen(task, "app").finishedAt());
  }

  @Test
  void anEssentialExitStopsTheOthersAndASidecarsDoesNot() {
    // Given
    TaskAssigned task =
        run(
            """
            {"name":"app","image":"IMAGE","command":["sh","-c",
             "while [ ! -e /tmp/go ]; do sleep 0.1; done; exit 42"]},
            {"name":"sidecar","image":"IMAGE","essential":false,"command":["sh","-c","exit 5"]},
            {"name":"other","image":"IMAGE","essential":false,"command":["sleep","600"],
             "stopTimeout":2}
            """);
    node.await(task, TaskLifecycle.RUNNING);
    await()
        .until(
            () -> container(log.status(task.taskId()).orElseThrow(), "sidecar").exitCode() != null);
    assertThat(log.status(task.taskId()).orElseThrow().lastStatus())
        .isEqualTo(TaskLifecycle.RUNNING);
    // When
    RealDocker.run(
        List.of(
            "docker",
            "exec",
            TaskContainers.containerName(task.taskId(), "app"),
            "touch",
            "/tmp/go"));
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(stopped.containers())
        .extracting(ContainerState::exitCode)
        .containsExactly(42, 5, 137);
    assertThat(stopped.stoppedReason()).isEqualTo("Essential container in task exited");
  }

  @Test
  void aRestartPolicyRunsTheSameContainerAgain() {
    // When
    TaskAssigned task =
        run(
            """
            {"name":"app","image":"IMAGE","command":["sh","-c",
             "sleep 2; [ -e /tmp/again ] && sleep 600; touch /tmp/again; exit 1"],
             "restartPolicy":{"enabled":true,"restartAttemptPeriod":1}}
            """);
    // Then
    node.await(task, TaskLifecycle.RUNNING);
    var first = seen(task, "app").startedAt();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> seen(task, "app").startedAt().isAfter(first));
    assertThat(log.statuses(task.taskId()))
        .extracting(TaskStatus::lastStatus)
        .doesNotContain(TaskLifecycle.STOPPED);
  }

  @Test
  void anAwsvpcTaskHasOneAddressForAllItsContainers() {
    // When
    TaskAssigned task =
        run(
            """
            {"networkMode":"awsvpc","containerDefinitions":[
              {"name":"web","image":"IMAGE","command":["sleep","600"]},
              {"name":"peer","image":"IMAGE","command":["sleep","600"]}]}
            """);
    // Then
    TaskStatus running = node.await(task, TaskLifecycle.RUNNING);
    String address = container(running, "web").networkInterfaces().get(0).privateIpv4Address();
    assertThat(container(running, "peer").networkInterfaces().get(0).privateIpv4Address())
        .isEqualTo(address)
        .matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    node.supervisor().assigned(Assignments.stopped(task, "enough"));
    node.await(task, TaskLifecycle.STOPPED);
    await().until(() -> engine.inspect(TaskContainers.holderName(task.taskId())).isEmpty());
  }
}

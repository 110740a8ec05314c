package dev.berth.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.Topic;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.task.Assignments;
import dev.berth.node.domain.task.TaskPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A node on an engine in memory: restarts, faults, what nobody knows of")
class NodeTest {
  private static final String APP = "{\"name\":\"app\",\"image\":\"web:1\"}";
  private static final TaskPolicy POLICY =
      new TaskPolicy(Duration.ofMinutes(10), Duration.ofSeconds(1));

  @TempDir Path data;
  private final FakeContainerEngine engine = new FakeContainerEngine("web:1");
  private final RecordingSink log = new RecordingSink();
  private NodeUnderTest node;

  @BeforeEach
  void start() {
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void restart() {
    node.kill();
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
  }

  private static String name(TaskAssigned task) {
    return TaskContainers.containerName(task.taskId(), "app");
  }

  private long count(String call, TaskAssigned task) {
    return engine.calls().stream().filter((call + " " + name(task))::equals).count();
  }

  @Test
  void runsATaskAndStopsItWhenAsked() {
    // Given
    TaskAssigned task = node.task(APP);
    // When
    node.supervisor().assigned(task);
    // Then
    TaskStatus running = node.await(task, TaskLifecycle.RUNNING);
    assertThat(running.containers().get(0).lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    node.supervisor().assigned(Assignments.stopped(task, "enough"));
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.UserInitiated);
    assertThat(stopped.stoppedReason()).isEqualTo("enough");
    assertThat(log.statuses(task.taskId()))
        .extracting(TaskStatus::version)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void goesOnWithItsTasksAfterItWasKilled() {
    // Given
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    long before = node.await(task, TaskLifecycle.RUNNING).version();
    log.empty();
    // When
    restart();
    node.supervisor().assigned(task);
    // Then
    TaskStatus adopted = node.await(task, TaskLifecycle.RUNNING);
    assertThat(adopted.version()).isGreaterThan(before);
    assertThat(count("create", task)).isEqualTo(1);
    assertThat(engine.inspect(name(task)).orElseThrow().state())
        .isEqualTo(ContainerRunState.RUNNING);
    // and what ends now is noticed
    engine.exit(name(task), 5);
    assertThat(node.await(task, TaskLifecycle.STOPPED).containers().get(0).exitCode()).isEqualTo(5);
  }

  @Test
  void aOneOffThatEndedWhileTheNodeWasAwayIsReportedAndNotRunAgain() {
    // Given
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.RUNNING);
    node.kill();
    engine.exit(name(task), 3);
    // When
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
    node.supervisor().assigned(task);
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(stopped.containers().get(0).exitCode()).isEqualTo(3);
    assertThat(count("create", task)).isEqualTo(1);
  }

  @Test
  void aTaskWhoseContainersAreGoneIsReportedStoppedAndNotRunAgain() {
    // Given
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.RUNNING);
    node.kill();
    engine.vanish(name(task));
    // When
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
    node.supervisor().assigned(task);
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(stopped.stoppedReason()).contains("is gone and is not run a second time");
    assertThat(count("create", task)).isEqualTo(1);
  }

  @Test
  void aTaskThatIsOverIsReportedAgainWhenItIsAssignedAnew() {
    // Given: a node that cleans up at once
    node.close();
    TaskPolicy atOnce = new TaskPolicy(Duration.ZERO, Duration.ofSeconds(1));
    node = new NodeUnderTest(data, engine, log, atOnce).recovered();
    TaskAssigned task =
        node.task("{\"name\":\"app\",\"image\":\"web:1\",\"command\":[\"sh\",\"-c\",\"exit 4\"]}");
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.STOPPED);
    node.supervisor().assignmentGone(task.taskId());
    await().until(() -> log.isDeleted(task.taskId()));
    assertThat(engine.inspect(name(task))).isEmpty();
    node.kill();
    node = new NodeUnderTest(data, engine, log, atOnce).recovered();
    // When
    node.supervisor().assigned(Assignments.withVersion(task, 50));
    // Then
    TaskStatus again = node.await(task, TaskLifecycle.STOPPED);
    assertThat(again.containers().get(0).exitCode()).isEqualTo(4);
    assertThat(count("create", task)).isEqualTo(1);
  }

  @Test
  void whileTheLogIsAwayTasksGoOnAndOnlyTheNewestStatusIsKept() {
    // Given
    TaskAssigned task = node.task(APP);
    log.setAway(true);
    // When
    node.supervisor().assigned(task);
    await().until(() -> engine.inspect(name(task)).map(c -> c.startedAt() != null).orElse(false));
    engine.exit(name(task), 0);
    await()
        .until(
            () ->
                node.supervisor()
                    .find(task.taskId())
                    .map(actor -> actor.state().isStopped())
                    .orElse(false));
    log.setAway(false);
    // Then
    node.await(task, TaskLifecycle.STOPPED);
    assertThat(log.statuses(task.taskId())).hasSize(1);
  }

  @Test
  void anotherLogIsToldEverythingAndNothingIsKilled() {
    // Given
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.RUNNING);
    log.empty();
    // When
    node.node().logChanged("log-2");
    // Then
    node.await(task, TaskLifecycle.RUNNING);
    await()
        .until(
            () ->
                log.instance(node.identity().containerInstanceId())
                    .map(
                        status ->
                            "log-2".equals(status.logId())
                                && status.tasks().contains(task.taskId()))
                    .orElse(false));
    assertThat(engine.calls()).noneMatch(call -> call.startsWith("stop"));
  }

  @Test
  void aStoppedTaskThatTheLogNoLongerKnowsIsForgottenAndARunningOneIsNot() {
    // Given
    node.close();
    node =
        new NodeUnderTest(data, engine, log, new TaskPolicy(Duration.ZERO, Duration.ZERO))
            .recovered();
    TaskAssigned ended = node.task(APP);
    TaskAssigned running = node.task(APP);
    node.supervisor().assigned(ended);
    node.supervisor().assigned(running);
    node.await(ended, TaskLifecycle.RUNNING);
    node.await(running, TaskLifecycle.RUNNING);
    engine.exit(name(ended), 0);
    node.await(ended, TaskLifecycle.STOPPED);
    // When
    node.node().logChanged("log-2");
    // Then
    await().until(() -> log.isDeleted(ended.taskId()));
    assertThat(log.status(running.taskId()).orElseThrow().lastStatus())
        .isEqualTo(TaskLifecycle.RUNNING);
    assertThat(log.isDeleted(running.taskId())).isFalse();
  }

  @Test
  void aTaskWithoutItsJournalIsKeptReportedAndStoppedOnlyWhenAsked() throws IOException {
    // Given
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.RUNNING);
    node.kill();
    Files.delete(data.resolve("tasks.journal"));
    log.empty();
    // When
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
    // Then
    assertThat(node.await(task, TaskLifecycle.RUNNING).taskId()).isEqualTo(task.taskId());
    assertThat(engine.calls()).noneMatch(call -> call.startsWith("stop"));
    node.supervisor()
        .assigned(Assignments.withoutDefinition(Assignments.stopped(task, "not wanted")));
    assertThat(node.await(task, TaskLifecycle.STOPPED).stoppedReason()).isEqualTo("not wanted");
  }

  @Test
  void aStopOfATaskThatNeverCameHereIsAnswered() {
    // Given
    TaskAssigned never = node.task(APP);
    // When
    node.supervisor().assigned(Assignments.withoutDefinition(Assignments.stopped(never, "lost")));
    // Then
    assertThat(node.await(never, TaskLifecycle.STOPPED).stoppedReason()).isEqualTo("lost");
    assertThat(count("create", never)).isZero();
  }

  @Test
  void whileTheEngineIsAwayNoTaskIsDeclaredDead() {
    // Given
    String id = node.identity().containerInstanceId();
    TaskAssigned before = node.task(APP);
    node.supervisor().assigned(before);
    node.await(before, TaskLifecycle.RUNNING);
    // When
    engine.setUnavailable(true);
    TaskAssigned meanwhile = node.task(APP);
    node.supervisor().assigned(meanwhile);
    await().until(() -> !log.heartbeats(id).getLast().dockerConnected());
    // Then
    node.await(meanwhile, TaskLifecycle.PENDING);
    assertThat(log.status(before.taskId()).orElseThrow().lastStatus())
        .isEqualTo(TaskLifecycle.RUNNING);
    engine.setUnavailable(false);
    node.await(meanwhile, TaskLifecycle.RUNNING);
    await().until(() -> log.heartbeats(id).getLast().dockerConnected());
    assertThat(log.status(before.taskId()).orElseThrow().lastStatus())
        .isEqualTo(TaskLifecycle.RUNNING);
  }

  @Test
  void anEndThatNoEventToldIsNoticed() {
    // Given
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.RUNNING);
    // When
    engine.vanish(name(task));
    // Then
    assertThat(node.await(task, TaskLifecycle.STOPPED).stoppedReason()).contains("removed");
  }

  @Test
  void aSlowPullHoldsUpNoOtherTask() {
    // Given
    engine.addImage("slow:1");
    var gate = engine.holdPulls();
    List<TaskAssigned> slow =
        IntStream.range(0, 3)
            .mapToObj(i -> node.task("{\"name\":\"app\",\"image\":\"slow:1\"}"))
            .toList();
    slow.forEach(node.supervisor()::assigned);
    slow.forEach(task -> node.await(task, TaskLifecycle.PENDING));
    // When
    gate.complete(null);
    // Then
    slow.forEach(task -> node.await(task, TaskLifecycle.RUNNING));
  }

  @Test
  void anImageThatCannotBeHadIsToldInEcsWords() {
    // Given
    TaskAssigned task = node.task("{\"name\":\"app\",\"image\":\"absent:1\"}");
    // When
    node.supervisor().assigned(task);
    // Then
    TaskStatus stopped = node.await(task, TaskLifecycle.STOPPED);
    assertThat(stopped.stopCode()).isEqualTo(StopCode.TaskFailedToStart);
    assertThat(stopped.stoppedReason()).startsWith("CannotPullContainerError: ");
  }

  @Test
  void tellsWhoItIsAndThatItStops() {
    // Given
    String id = node.identity().containerInstanceId();
    TaskAssigned task = node.task(APP);
    node.supervisor().assigned(task);
    node.await(task, TaskLifecycle.RUNNING);
    // When
    node.close();
    // Then
    assertThat(log.instance(id).orElseThrow().stopping()).isTrue();
    assertThat(log.heartbeats(id)).extracting("sequence", Long.class).isSorted();
    assertThat(engine.list(Map.of(BerthLabels.TASK_ID, task.taskId())))
        .allMatch(container -> container.state() == ContainerRunState.RUNNING);
    node = new NodeUnderTest(data, engine, log, POLICY).recovered();
    await().until(() -> !log.instance(id).orElseThrow().stopping());
    assertThat(log.of(Topic.TASK_STATUS, task.taskId())).isNotEmpty();
  }
}

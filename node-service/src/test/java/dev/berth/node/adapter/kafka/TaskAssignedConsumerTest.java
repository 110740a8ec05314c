package dev.berth.node.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.CloudEvents;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.adapter.health.NodeLiveness;
import dev.berth.node.application.FakeContainerEngine;
import dev.berth.node.application.NodeIdentity;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.task.Assignments;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ChannelsInMemory.class)
@DisplayName("What the node makes of berth.task.assigned.v1")
class TaskAssignedConsumerTest {
  private static final String APP = "{\"name\":\"app\",\"image\":\"web:1\"}";

  @Inject
  @Connector("smallrye-in-memory")
  InMemoryConnector connector;

  @Inject NodeIdentity node;
  @Inject @Liveness NodeLiveness liveness;
  @Inject EngineInMemory engines;

  private TaskAssigned task() {
    return Assignments.running(
        UUID.randomUUID().toString().replace("-", ""), node.containerInstanceId(), APP);
  }

  private void send(String key, byte[] value) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    ConsumerRecord<String, byte[]> record =
        new ConsumerRecord<>(Topic.TASK_ASSIGNED.topicName(), 0, 0, key, value);
    connector
        .<Message<byte[]>>source("task-assigned")
        .send(
            Message.of(
                value,
                Metadata.of(new IncomingKafkaRecordMetadata<>(record, "task-assigned")),
                () -> {
                  taken.complete(null);
                  return CompletableFuture.completedFuture(null);
                }));
    taken.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  private void send(TaskAssigned assigned) {
    send(assigned.taskId(), EventJson.write(assigned));
  }

  private Optional<TaskStatus> status(String taskId) {
    return messages("task-status-out").stream()
        .filter(message -> key(message).equals(taskId))
        .reduce((first, second) -> second)
        .map(Message::getPayload)
        .map(bytes -> EventJson.read(bytes, TaskStatus.class));
  }

  private List<? extends Message<byte[]>> messages(String channel) {
    InMemorySink<byte[]> sink = connector.sink(channel);
    return sink.received();
  }

  private static OutgoingKafkaRecordMetadata<?> metadata(Message<byte[]> message) {
    return message.getMetadata(OutgoingKafkaRecordMetadata.class).orElseThrow();
  }

  private static String key(Message<byte[]> message) {
    return String.valueOf(metadata(message).getKey());
  }

  private void awaitStatus(TaskAssigned task, TaskLifecycle expected) {
    await(expected.name())
        .until(
            () ->
                status(task.taskId()).map(status -> status.lastStatus() == expected).orElse(false));
  }

  private long created(TaskAssigned task) {
    FakeContainerEngine engine = engines.engine();
    String call = "create " + TaskContainers.containerName(task.taskId(), "app");
    return engine.calls().stream().filter(call::equals).count();
  }

  @Test
  void runsATaskOnceHoweverOftenItIsTold() {
    // Given
    TaskAssigned task = task();
    // When
    send(task);
    send(task);
    awaitStatus(task, TaskLifecycle.RUNNING);
    send(task);
    // Then
    assertThat(created(task)).isEqualTo(1);
    Message<byte[]> last = messages("task-status-out").getLast();
    assertThat(metadata(last).getHeaders().lastHeader(CloudEvents.TYPE).value())
        .isEqualTo("dev.berth.task.status.v1".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stopsItWhenAskedAndNotByAnOldWord() {
    // Given
    TaskAssigned task = Assignments.withVersion(task(), 5);
    send(task);
    awaitStatus(task, TaskLifecycle.RUNNING);
    // When
    send(Assignments.withVersion(Assignments.stopped(task, "old"), 4));
    assertThat(status(task.taskId()).orElseThrow().lastStatus()).isEqualTo(TaskLifecycle.RUNNING);
    send(Assignments.stopped(task, "new"));
    // Then
    awaitStatus(task, TaskLifecycle.STOPPED);
    assertThat(status(task.taskId()).orElseThrow().stoppedReason()).isEqualTo("new");
  }

  @Test
  void aTombstoneStopsNothing() {
    // Given
    TaskAssigned task = task();
    send(task);
    awaitStatus(task, TaskLifecycle.RUNNING);
    // When
    send(task.taskId(), null);
    // Then
    assertThat(engines.engine().calls()).noneMatch(call -> call.startsWith("stop"));
    send(Assignments.stopped(Assignments.withVersion(task, 8), "tidy"));
    awaitStatus(task, TaskLifecycle.STOPPED);
  }

  @Test
  void anUnreadableRecordIsParkedWithItsReasonAndTheRestGoesOn() {
    // Given
    String key = "unreadable-" + UUID.randomUUID();
    // When
    send(key, "{\"taskId\":".getBytes(StandardCharsets.UTF_8));
    TaskAssigned next = task();
    send(next);
    // Then
    awaitStatus(next, TaskLifecycle.RUNNING);
    Message<byte[]> parked =
        messages("dead-letter-out").stream()
            .filter(message -> key(message).equals(key))
            .findFirst()
            .orElseThrow();
    assertThat(
            new String(
                metadata(parked).getHeaders().lastHeader("dead-letter-reason").value(),
                StandardCharsets.UTF_8))
        .contains("TaskAssigned");
  }

  @Test
  void anotherInstallationsAndAnotherInstancesTasksAreLeftAlone() {
    // Given
    TaskAssigned foreign = task();
    byte[] otherInstallation =
        new String(EventJson.write(foreign), StandardCharsets.UTF_8)
            .replace(Assignments.INSTALLATION, "another-installation")
            .getBytes(StandardCharsets.UTF_8);
    TaskAssigned neighbour = Assignments.running(UUID.randomUUID().toString(), "another", APP);
    // When
    send(foreign.taskId(), otherInstallation);
    send(neighbour);
    TaskAssigned own = task();
    send(own);
    // Then
    awaitStatus(own, TaskLifecycle.RUNNING);
    assertThat(status(foreign.taskId())).isEmpty();
    assertThat(status(neighbour.taskId())).isEmpty();
    assertThat(created(foreign)).isZero();
  }

  @Test
  void tellsWhoItIsAndThatItLives() {
    // When
    await().until(() -> messages("container-instance-heartbeat-out").size() > 1);
    await().until(() -> !messages("container-instance-status-out").isEmpty());
    // Then
    ContainerInstanceStatus status =
        EventJson.read(
            messages("container-instance-status-out").getLast().getPayload(),
            ContainerInstanceStatus.class);
    assertThat(status.containerInstanceId()).isEqualTo(node.containerInstanceId());
    assertThat(status.installationId()).isEqualTo(Assignments.INSTALLATION);
    assertThat(status.logId()).isEqualTo("log-in-memory");
    assertThat(status.registeredResources().cpu()).isEqualTo(4096);
    assertThat(status.registeredResources().hostPorts()).isNotEmpty();
    assertThat(status.attributes())
        .extracting("name")
        .contains("ecs.availability-zone", "ecs.os-type", "ecs.cpu-architecture");
    ContainerInstanceHeartbeat heartbeat =
        EventJson.read(
            messages("container-instance-heartbeat-out").getLast().getPayload(),
            ContainerInstanceHeartbeat.class);
    assertThat(heartbeat.dockerConnected()).isTrue();
  }

  @Test
  @DisplayName("a process with its journal and its channels is live")
  void isLive() {
    assertThat(liveness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(liveness.call().getData().orElseThrow())
        .containsOnly(
            entry("journal-is-written", true),
            entry("channels-are-open", true),
            entry("heartbeats-are-taken", true));
  }
}

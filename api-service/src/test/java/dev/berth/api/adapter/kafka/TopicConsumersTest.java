package dev.berth.api.adapter.kafka;

import static dev.berth.api.domain.fold.Records.CLUSTER;
import static dev.berth.api.domain.fold.Records.INSTALLATION;
import static dev.berth.api.domain.fold.Records.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.application.port.VerdictWaiter;
import dev.berth.api.domain.fold.Records;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Keys;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each consumer against a real database: records that come twice, late, unreadable, or not at all.
 */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TopicConsumersTest {
  @Inject @Any InMemoryConnector connector;
  @Inject Database database;
  @Inject SystemOfRecord systemOfRecord;
  @Inject VerdictWaiter verdicts;

  private final String task = UUID.randomUUID().toString().replace("-", "");
  private final String service = UUID.randomUUID().toString();

  @BeforeEach
  void databaseIsReady() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
    connector.sink("dead-letter-out").clear();
  }

  @Test
  void aVerdictIsFoldedOnceHoweverOftenItComes() {
    TaskVerdict verdict = Records.placed(task, 5, "instance-1", "web");

    send("task-verdict", entry(task, verdict), entry(task, verdict));
    send("task-verdict", entry(task, Records.placed(task, 4, "instance-0", "web")), end());

    awaitFolded("task-verdict");
    assertThat(database.text("select container_instance_id from tasks where id = $1", task))
        .contains("instance-1");
    assertThat(eventsOf(task)).isEqualTo(1);
  }

  @Test
  void aTombstoneOfAVerdictLeavesTheRowOfATaskThatWasSeen() {
    send("task-verdict", entry(task, Records.placed(task, 5, "instance-1", null)));
    send("task-status", entry(task, Records.status(task, 1, TaskLifecycle.STOPPED)), end());
    awaitFolded("task-status");

    send("task-verdict", entry(task, null), end());

    awaitFolded("task-verdict");
    assertThat(database.number("select count(*) from tasks where id = $1", task)).isEqualTo(1);
  }

  @Test
  void aVerdictThatIsReadAgainAfterItsTaskHasExpiredLeavesNothing() {
    send("task-verdict", entry(task, Records.placed(task, 5, "instance-1", null)));
    send("task-verdict", entry(task, null));
    String other = "b" + task;
    String third = "c" + task;

    send(
        "task-verdict",
        entry(other, Records.placed(other, 5, "instance-1", null)),
        entry(other, null),
        entry(third, Records.placed(third, 5, "instance-1", null)),
        entry(
            third,
            Records.verdict(
                third, 6, VerdictOutcome.PLACED, TaskLifecycle.STOPPED, "instance-1", null)),
        end());

    awaitFolded("task-verdict");
    assertThat(database.number("select count(*) from tasks where id = $1", task)).isZero();
    assertThat(database.number("select count(*) from tasks where id = $1", third)).isZero();
    assertThat(database.number("select count(*) from tasks where id = $1", other)).isZero();
    assertThat(eventsOf(other)).isZero();
  }

  @Test
  void whatCannotBeReadIsParkedAndTheRestGoesOn() {
    InMemorySink<byte[]> parked = connector.sink("dead-letter-out");

    send("task-status", entry("broken", "{not json"), entry(task, running(1)));

    await().until(() -> database.text(lastStatus(), task).equals(java.util.Optional.of("RUNNING")));
    await().until(() -> !parked.received().isEmpty());
    assertThat(new String(parked.received().getFirst().getPayload(), StandardCharsets.UTF_8))
        .isEqualTo("{not json");
  }

  @Test
  void whatTheDatabaseRefusesIsParkedAndTheRestOfItsBatchIsFolded() {
    InMemorySink<byte[]> parked = connector.sink("dead-letter-out");
    TaskStatus nul =
        Records.status("nul-" + task, 1, TaskLifecycle.RUNNING, "a\u0000b", "s", INSTALLATION);

    send("task-status", entry("nul-" + task, nul), entry(task, running(1)));

    await().until(() -> database.number("select count(*) from tasks where id = $1", task) == 1);
    await().until(() -> !parked.received().isEmpty());
  }

  @Test
  void statusesOfOneBatchMakeOneEventEachAndMoveForwardOnly() {
    send(
        "task-status",
        entry(task, Records.status(task, 1, TaskLifecycle.PENDING)),
        entry(task, running(2)),
        entry(task, Records.status(task, 3, TaskLifecycle.STOPPED)));
    send("task-status", entry(task, running(4)), end());

    awaitFolded("task-status");
    assertThat(database.text(lastStatus(), task)).contains("STOPPED");
    assertThat(eventsOf(task)).isEqualTo(3);
    assertThat(database.text("select stopped_at is not null from tasks where id = $1", task))
        .contains("true");
  }

  @Test
  void aLiveTaskOfADeletedServiceIsToStop() {
    database.service(Records.service(service, 3, ServiceStatusName.INACTIVE, "d1"));

    send("task-status", entry(task, ofService(task)));

    await().until(() -> outboxOf(task) == 1);
    assertThat(database.text("select desired ->> 'desiredStatus' from tasks where id = $1", task))
        .contains("STOPPED");
  }

  @Test
  void aTaskWhoseVerdictIsNotFoldedYetGoesOn() {
    database.service(Records.service(service, 3, ServiceStatusName.ACTIVE, "d1"));

    send("task-status", entry(task, ofService(task)), end());

    awaitFolded("task-status");
    assertThat(outboxOf(task)).isZero();
    database.run("delete from services where id = $1", service);
  }

  @Test
  void anOlderDeploymentGoesAndADrainedServiceIsGone() {
    String name = "web";
    database.service(Records.service(service, 3, ServiceStatusName.ACTIVE, "d2", "d1"));

    send(
        "service-status",
        entry("k", Records.serviceStatus(service, 1, 3, 2, "d2", "d1")),
        entry("k", Records.serviceStatus(service, 2, 3, 2, "d2")));
    await().until(() -> outboxOf(Keys.service(CLUSTER, name)) > 0);
    long version = database.number("select version from services where id = $1", service);
    database.run("update services set status = 'DRAINING' where id = $1", service);
    send(
        "service-status",
        entry(
            "k", Records.serviceStatus(service, 3, version, 0, ServiceStatusName.INACTIVE, "d2")));

    await()
        .until(
            () ->
                database
                    .text("select status from services where id = $1", service)
                    .equals(java.util.Optional.of("INACTIVE")));
    assertThat(
            database.number(
                "select jsonb_array_length(desired -> 'deployments') from services where id = $1",
                service))
        .isEqualTo(1);
    assertThat(
            database.number(
                "select (desired ->> 'version')::bigint - version from services where id = $1",
                service))
        .isZero();
  }

  @Test
  void aSentenceAboutAServiceIsKeptOnce() {
    String id = UUID.randomUUID().toString();

    send("service-event", entry("k", Records.serviceEvent(id, service)));
    send("service-event", entry("k", Records.serviceEvent(id, service)), end());

    awaitFolded("service-event");
    assertThat(database.number("select count(*) from service_events where id = $1", id))
        .isEqualTo(1);
    assertThat(
            database.number(
                "select count(*) from public_events where event ->> 'detailType' = 'ECS Service Action'"
                    + " and cluster = $1",
                CLUSTER))
        .isPositive();
  }

  @Test
  void anUnknownInstanceIsRegisteredAndWantedActive() {
    database.cluster(CLUSTER);

    send("container-instance-status", entry(task, Records.instance(task, CLUSTER, 1)));

    await().until(() -> outboxOf(task) == 1);
    assertThat(
            database.text(
                "select status || (desired ->> 'status') || (version = (desired ->> 'version')::bigint)"
                    + " from container_instances where id = $1",
                task))
        .contains("ACTIVEACTIVEtrue");
  }

  @Test
  void anInstanceOfAnUnknownClusterWaitsForIt() {
    String cluster = "cluster-" + task;
    send("container-instance-status", entry(task, Records.instance(task, cluster, 1)));
    await()
        .until(
            () ->
                database.number(
                        "select count(*) from waiting_container_instances where id = $1", task)
                    == 1);

    database.cluster(cluster);

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                database.number("select count(*) from container_instances where id = $1", task)
                    == 1);
  }

  @Test
  void heartbeatsReachTheRowNowAndThen() {
    database.cluster(CLUSTER);
    send("container-instance-status", entry(task, Records.instance(task, CLUSTER, 1)));
    await().until(() -> outboxOf(task) == 1);

    send(
        "container-instance-heartbeat",
        entry(task, new ContainerInstanceHeartbeat(task, CLUSTER, 1, 1, false, 1000, NOON)));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                database
                    .text("select docker_connected from container_instances where id = $1", task)
                    .equals(java.util.Optional.of("false")));
  }

  @Test
  void aTargetsHealthIsItsNewestAndATombstoneRemovesIt() {
    String key = Keys.targetStatus("arn:tg", task + ":80", "lb-1");

    send(
        "target-status",
        entry(key, target(2, TargetHealthState.HEALTHY)),
        entry(key, target(1, TargetHealthState.INITIAL)));
    await().until(() -> targetState().equals(java.util.Optional.of("HEALTHY")));
    send("target-status", entry(key, null));

    await().until(() -> targetState().isEmpty());
  }

  @Test
  void whoeverWaitsForAVerdictIsTold() {
    UniAssertSubscriber<Void> waiting =
        verdicts
            .await(List.of(task), Duration.ofSeconds(30))
            .subscribe()
            .withSubscriber(UniAssertSubscriber.create());

    send("task-verdict", entry(task, Records.refused(task, 1)));

    waiting.awaitItem(Duration.ofSeconds(10));
    assertThat(database.number("select count(*) from tasks where id = $1", task)).isEqualTo(1);
  }

  private TaskStatus running(long version) {
    return Records.status(task, version, TaskLifecycle.RUNNING);
  }

  private TaskStatus ofService(String id) {
    return Records.status(id, 1, TaskLifecycle.RUNNING, "web", service, INSTALLATION);
  }

  private TargetStatus target(long version, TargetHealthState state) {
    return new TargetStatus(
        "arn:tg",
        task + ":80",
        "lb-1",
        version,
        CLUSTER,
        task,
        state,
        null,
        null,
        NOON,
        null,
        null,
        null);
  }

  private java.util.Optional<String> targetState() {
    return database.text("select state from target_health where task_id = $1", task);
  }

  private long outboxOf(String key) {
    return database.number("select count(*) from outbox where key = $1", key);
  }

  private long eventsOf(String taskId) {
    return database.number(
        "select count(*) from public_events where event -> 'detail' ->> 'taskArn' like '%' || $1",
        taskId);
  }

  private static String lastStatus() {
    return "select last_status from tasks where id = $1";
  }

  /** One record: an object as JSON, a text as it is, null as a tombstone. */
  private static Map.Entry<String, byte[]> entry(String key, Object value) {
    byte[] bytes =
        switch (value) {
          case null -> new byte[0];
          case String text -> text.getBytes(StandardCharsets.UTF_8);
          default -> EventJson.write(value);
        };
    return Map.entry(key, bytes);
  }

  private static final String END = "end-of-test";

  /** An unreadable record: once it is parked, everything before it is folded. */
  private static Map.Entry<String, byte[]> end() {
    return entry(END, END);
  }

  private void awaitFolded(String channel) {
    InMemorySink<byte[]> parked = connector.sink("dead-letter-out");
    await().alias(channel).until(() -> !parked.received().isEmpty());
  }

  @SafeVarargs
  private void send(String channel, Map.Entry<String, byte[]>... entries) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : entries) {
      byte[] value = entry.getValue().length == 0 ? null : entry.getValue();
      records.add(new ConsumerRecord<>(channel, 0, records.size(), entry.getKey(), value));
    }
    connector
        .<ConsumerRecords<String, byte[]>>source(channel)
        .send(new ConsumerRecords<>(Map.of(new TopicPartition(channel, 0), records), Map.of()));
  }
}

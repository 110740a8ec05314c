package dev.berth.api.application.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.config.RelayConfig;
import dev.berth.api.domain.fold.Records;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowLog;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The relay with a real PostgreSQL and a real Kafka. */
@QuarkusTest
@QuarkusTestResource(value = FlowLog.class, restrictToAnnotatedClass = true)
class OutboxRelayTest {
  private static final Logger LOG = Logger.getLogger(OutboxRelayTest.class);
  private static final Duration AT_MOST = Duration.ofSeconds(60);

  @Inject Database database;
  @Inject SystemOfRecord systemOfRecord;
  @Inject Pool pool;
  @Inject DesiredLog log;
  @Inject RelayLeases leases;
  @Inject OutboxRelay relay;
  @Inject RelayConfig config;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  private final String cluster = "c-" + UUID.randomUUID();
  private KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  @BeforeEach
  void readFromTheBeginning() {
    await().atMost(AT_MOST).until(systemOfRecord::isReady);
    await().atMost(AT_MOST).ignoreExceptions().until(() -> !log.identity().isEmpty());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    assign();
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void whatIsPublishedIsTheRowAsItIsNow() {
    change(cluster, 1, 2, 3);

    awaitVersion(cluster, 3);
    assertThat(versions(cluster)).isSorted();
    await().until(() -> outbox(cluster) == 0);
  }

  @Test
  void aRowThatIsGoneIsATombstone() {
    database.run(
        "insert into outbox (topic, key, partition_key) values ('TASK_DESIRED', $1, 'default')",
        cluster);

    await()
        .atMost(AT_MOST)
        .until(() -> published(cluster).stream().anyMatch(record -> record.value() == null));
  }

  @Test
  void aRowThatCommitsLateIsNotSkipped() {
    String late = cluster + "-late";
    SqlConnection connection = pool.getConnection().await().atMost(AT_MOST);
    Transaction transaction = connection.begin().await().atMost(AT_MOST);
    write(connection, late, 1);
    change(cluster, 1);
    awaitVersion(cluster, 1);
    assertThat(versions(late)).isEmpty();

    transaction.commit().await().atMost(AT_MOST);
    connection.close().await().atMost(AT_MOST);

    awaitVersion(late, 1);
  }

  @Test
  void twoRelaysAtOnceKeepTheOrderOfEachKey() throws InterruptedException {
    RelayThread second = new RelayThread(config, leases, log, relay, systemOfRecord);
    second.start(new StartupEvent());

    for (int version = 1; version <= 30; version++) {
      for (int key = 0; key < 5; key++) {
        change(cluster + key, version);
      }
    }

    for (int key = 0; key < 5; key++) {
      awaitVersion(cluster + key, 30);
      assertThat(versions(cluster + key)).isSorted();
    }
    assertThat(leases.tryAcquire()).isEmpty();
    second.stop(null);
  }

  @Test
  void aStaleRelayCanWriteNoMoreAndTheRelayInChargeGoesOn() {
    ClusterDesired stale = desired(cluster, 1);
    try (DesiredLog.Writer old = log.open()) {
      log.open().close();

      assertThatThrownBy(() -> old.write(List.of(entry(stale)))).isInstanceOf(KafkaException.class);
    }

    change(cluster, 2);

    awaitVersion(cluster, 2);
    assertThat(versions(cluster)).doesNotContain(1L);
  }

  @Test
  void anEmptiedLogIsFilledAgainAndWhatOnlyItSaidIsForgotten() throws Exception {
    change(cluster, 1);
    database.run(
        """
        insert into tasks (id, cluster, desired_status, last_status, seen_version,
          container_instance_id, desired, created_at)
        values ($1, 'default', 'RUNNING', 'PROVISIONING', 0, 'i-1', null, now()),
          ($2, 'default', 'RUNNING', 'RUNNING', 1, 'i-1', null, now()),
          ($3, 'default', 'STOPPED', 'STOPPED', 1, 'i-1', null, now()),
          ($4, 'default', 'STOPPED', 'RUNNING', 1, 'i-2',
            '{"desiredStatus":"STOPPED","stoppedReason":"enough","version":1}', now()),
          ($5, 'default', 'STOPPED', 'STOPPED', 1, 'i-1',
            '{"desiredStatus":"RUNNING","run":{"placementTimeoutSeconds":86400},"version":1}', now())
        """,
        cluster + "-placed",
        cluster + "-seen",
        cluster + "-ended",
        cluster + "-stopped-by-user",
        cluster + "-ran");
    awaitVersion(cluster, 1);
    // Only a log that was filled to its end can be known to be another one.
    await()
        .atMost(AT_MOST)
        .until(
            () ->
                database.number(
                        "select count(*) from installation where published_log = $1",
                        log.identity())
                    == 1);
    consumer.unsubscribe();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .deleteTopics(Arrays.stream(Topic.values()).map(Topic::topicName).toList())
          .all()
          .get(30, TimeUnit.SECONDS);
    }

    records.clear();
    await()
        .atMost(AT_MOST)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(
            () -> {
              assign();
              return versions(cluster).contains(1L);
            });
    assertThat(tasks(cluster + "-placed")).isZero();
    assertThat(tasks(cluster + "-seen")).isOne();
    await().atMost(AT_MOST).until(() -> !published(cluster + "-stopped-by-user").isEmpty());
    TaskDesired runs = wanted(cluster + "-seen");
    assertThat(runs.taskId()).isEqualTo(cluster + "-seen");
    assertThat(runs.cluster()).isEqualTo("default");
    assertThat(runs.containerInstanceId()).isEqualTo("i-1");
    assertThat(runs.desiredStatus()).isEqualTo(TaskLifecycle.RUNNING);
    assertThat(runs.installationId()).isNotEmpty();
    TaskDesired stops = wanted(cluster + "-stopped-by-user");
    assertThat(stops.containerInstanceId()).isEqualTo("i-2");
    assertThat(stops.stoppedReason()).isEqualTo("enough");
    assertThat(stops.version()).isGreaterThan(1);
    assertThat(published(cluster + "-ended")).isEmpty();
    assertThat(published(cluster + "-ran")).as("nobody runs it once more").isEmpty();
  }

  @Test
  void publicEventsArePublishedInTheirOrder() {
    for (int i = 0; i < 3; i++) {
      database.run(
          """
          insert into public_events (event_id, cluster, event) values ($1, $2, $3::text::jsonb)
          """,
          cluster + i,
          cluster,
          """
          {"id":"%s","detailType":"ECS Service Action","time":"2026-11-22T12:00:00Z","resources":["%s"]}
          """
              .formatted(cluster + i, cluster));
    }

    await().atMost(AT_MOST).until(() -> published(cluster).size() == 3);
    assertThat(published(cluster))
        .extracting(
            record ->
                new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
        .containsExactly(cluster + 0, cluster + 1, cluster + 2);
  }

  @Test
  void aCommitReachesKafkaSoon() {
    change(cluster, 1);
    awaitVersion(cluster, 1);
    List<Long> millis = new ArrayList<>();

    for (int version = 2; version <= 40; version++) {
      long begun = System.nanoTime();
      change(cluster, version);
      while (!versions(cluster).contains((long) version)) {
        read(Duration.ofMillis(50));
      }
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    millis.sort(null);
    LOG.infof("Commit to consumer: median %d ms, most %d ms", millis.get(19), millis.getLast());
    assertThat(versions(cluster)).isSorted();
  }

  @Test
  void aVerdictInKafkaBecomesARow() throws Exception {
    String task = UUID.randomUUID().toString().replace("-", "");
    try (KafkaProducer<String, byte[]> scheduler =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      scheduler
          .send(
              new ProducerRecord<>(
                  Topic.TASK_VERDICT.topicName(),
                  task,
                  EventJson.write(Records.placed(task, 1, "instance-1", null))))
          .get(30, TimeUnit.SECONDS);
    }

    await()
        .atMost(AT_MOST)
        .until(() -> database.number("select count(*) from tasks where id = $1", task) == 1);
  }

  private void assign() {
    consumer.assign(
        consumer.listTopics().values().stream()
            .flatMap(List::stream)
            .filter(
                p ->
                    p.topic().equals(Topic.CLUSTER_DESIRED.topicName())
                        || p.topic().equals(Topic.TASK_DESIRED.topicName())
                        || p.topic().equals(Topic.EVENTS.topicName()))
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    records.clear();
  }

  private void read(Duration atMost) {
    consumer.poll(atMost).forEach(records::add);
  }

  private List<ConsumerRecord<String, byte[]>> published(String key) {
    read(Duration.ofMillis(100));
    return records.stream().filter(record -> record.key().equals(key)).toList();
  }

  private List<Long> versions(String key) {
    return published(key).stream()
        .filter(record -> record.value() != null)
        .map(record -> EventJson.read(record.value(), ClusterDesired.class).version())
        .toList();
  }

  private void awaitVersion(String key, long version) {
    await().atMost(AT_MOST).until(() -> versions(key).contains(version));
  }

  private TaskDesired wanted(String taskId) {
    await().atMost(AT_MOST).until(() -> !published(taskId).isEmpty());
    return EventJson.read(published(taskId).getLast().value(), TaskDesired.class);
  }

  private long outbox(String key) {
    return database.number("select count(*) from outbox where key = $1", key);
  }

  private long tasks(String id) {
    return database.number("select count(*) from tasks where id = $1", id);
  }

  private void change(String key, long... versions) {
    for (long version : versions) {
      SqlConnection connection = pool.getConnection().await().atMost(AT_MOST);
      Transaction transaction = connection.begin().await().atMost(AT_MOST);
      write(connection, key, version);
      connection
          .preparedQuery("select pg_notify('berth_outbox', '')")
          .execute()
          .await()
          .atMost(AT_MOST);
      transaction.commit().await().atMost(AT_MOST);
      connection.close().await().atMost(AT_MOST);
    }
  }

  private void write(SqlConnection connection, String key, long version) {
    connection
        .preparedQuery(
            """
            insert into clusters (name, status, version, desired, created_at)
            values ($1, 'ACTIVE', $2, $3::text::jsonb, now())
            on conflict (name) do update set version = excluded.version, desired = excluded.desired
            """)
        .execute(
            Tuple.of(
                key,
                version,
                new String(EventJson.write(desired(key, version)), StandardCharsets.UTF_8)))
        .await()
        .atMost(AT_MOST);
    connection
        .preparedQuery(
            "insert into outbox (topic, key, partition_key) values ('CLUSTER_DESIRED', $1, $1)")
        .execute(Tuple.of(key))
        .await()
        .atMost(AT_MOST);
  }

  private static ClusterDesired desired(String name, long version) {
    return new ClusterDesired(
        name,
        version,
        "test-installation",
        "arn:aws:ecs:us-east-1:000000000000:cluster/" + name,
        ClusterStatus.ACTIVE,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Instant.parse("2026-11-22T12:00:00Z"),
        List.of());
  }

  private static DesiredLog.Entry entry(ClusterDesired desired) {
    return new DesiredLog.Entry(
        Topic.CLUSTER_DESIRED,
        desired.cluster(),
        desired.cluster(),
        desired,
        "id",
        Clock.systemUTC().instant());
  }
}

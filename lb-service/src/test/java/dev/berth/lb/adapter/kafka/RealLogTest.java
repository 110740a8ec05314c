package dev.berth.lb.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.lb.application.Balancer;
import dev.berth.log.EventRecords;
import dev.berth.standalone.kafka.KafkaProcess;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Catching up, and a log that is emptied, on a real Kafka. */
@QuarkusTest
@QuarkusTestResource(value = RealLogTest.Address.class, restrictToAnnotatedClass = true)
class RealLogTest {
  private static final Duration AT_MOST = Duration.ofSeconds(90);
  private static final String GROUP = "arn:group";
  private static final int TARGETS = 300;

  @Inject LogFollower follower;
  @Inject Balancer balancer;

  @ConfigProperty(name = "berth.kafka.bootstrap-servers")
  String bootstrapServers;

  @TempDir Path folder;
  private KafkaProcess kafka;

  @AfterEach
  void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }

  @Test
  void theLogMayComeLateAndAnEmptiedOneDropsNothingBeforeItHasSpoken() {
    // Given a service that was there before its log
    assertThat(follower.hasCaughtUp()).isFalse();
    kafka =
        KafkaProcess.in(folder.resolve("kafka"))
            .port(Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1)))
            .start();
    await().atMost(AT_MOST).until(follower::hasCaughtUp);
    write(
        producer -> {
          send(producer, Topic.LOAD_BALANCER_DESIRED, "lb", loadBalancer());
          for (int i = 0; i < TARGETS; i++) {
            send(producer, Topic.TARGET_DESIRED, Keys.target(GROUP, "t" + i + ":80"), target(i));
          }
          send(producer, Topic.TARGET_DESIRED, Keys.target(GROUP, "gone:80"), target(999));
          send(producer, Topic.TARGET_DESIRED, Keys.target(GROUP, "gone:80"), null);
        });
    await().atMost(AT_MOST).untilAsserted(() -> assertThat(registered()).isEqualTo(TARGETS));
    awaitStatuses(TARGETS);

    // When the log is emptied
    kafka.stop();
    await().atMost(AT_MOST).until(() -> follower.trouble() != null);
    kafka.wipe();
    kafka.start();
    await().atMost(AT_MOST).until(() -> follower.trouble() == null);

    // Then the new log is told everything, and what it doesn't say stays until it says something
    awaitStatuses(TARGETS);
    balancer.refresh();
    assertThat(registered()).isEqualTo(TARGETS);
    write(
        producer -> {
          send(producer, Topic.LOAD_BALANCER_DESIRED, "lb", loadBalancer());
          send(producer, Topic.TARGET_DESIRED, Keys.target(GROUP, "t0:80"), target(0));
        });
    await()
        .atMost(AT_MOST)
        .untilAsserted(
            () -> {
              balancer.refresh();
              assertThat(registered()).isEqualTo(1);
            });
  }

  private int registered() {
    Balancer.GroupHealth group = balancer.summary().groups().get(GROUP);
    return group == null ? 0 : group.registered();
  }

  /** Reads the status topic from its beginning until that many targets are in it. */
  private void awaitStatuses(int count) {
    Map<String, TargetHealthState> seen = new HashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(Topic.TARGET_STATUS.topicName(), 0)));
      await()
          .atMost(AT_MOST)
          .until(
              () -> {
                for (ConsumerRecord<String, byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  if (record.value() != null) {
                    seen.put(
                        record.key(), EventJson.read(record.value(), TargetStatus.class).state());
                  }
                }
                return seen.size() >= count;
              });
    }
  }

  private void write(java.util.function.Consumer<KafkaProducer<String, byte[]>> records) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                UUID.randomUUID().toString()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      records.accept(producer);
      producer.commitTransaction();
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, Topic topic, String key, Object value) {
    var unused =
        producer.send(
            new EventRecords(Partitions.DEFAULT, "/test", "test")
                .record(topic, key, key, value, UUID.randomUUID().toString(), Instant.EPOCH));
  }

  private static LoadBalancerDesired loadBalancer() {
    return new LoadBalancerDesired(
        "lb",
        "arn:lb",
        1,
        "test",
        "lb.local",
        List.of(),
        List.of(
            new TargetGroupDesired(
                "group",
                GROUP,
                "HTTP",
                80,
                new TargetGroupHealthCheck(
                    false, "HTTP", "traffic-port", "/", 30, 5, 5, 2, "200", null),
                0,
                List.of(),
                null,
                null,
                null,
                null,
                null)),
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static TargetDesired target(int number) {
    return new TargetDesired(
        GROUP,
        "t" + number + ":80",
        1,
        "default",
        "web",
        "t" + number,
        "127.0.0.1",
        1,
        TargetDesiredState.REGISTERED,
        null);
  }

  /** Chooses where the broker will be; the test starts it when the service runs already. */
  public static final class Address implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      try (ServerSocket socket = new ServerSocket(0)) {
        return Map.of(
            "berth.installation-id", "test",
            "berth.lb.instance-id", "lb-under-test",
            "berth.lb.settle-time", "1ms",
            "berth.kafka.bootstrap-servers", "127.0.0.1:" + socket.getLocalPort());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      // The test ends the broker that it started.
    }
  }
}

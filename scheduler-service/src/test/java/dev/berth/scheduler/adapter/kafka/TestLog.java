package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.log.EventRecords;
import dev.berth.standalone.kafka.KafkaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One real Kafka for all tests of this module, and what the other services would do with it. */
final class TestLog {
  static final String INSTALLATION = "test-installation";
  static final Partitions PARTITIONS = new Partitions(4, 4, 1);

  private final KafkaProcess kafka;
  private final EventRecords records = new EventRecords(PARTITIONS, "/test", INSTALLATION);

  private TestLog() {
    try {
      Path folder = Files.createTempDirectory("berth-scheduler-kafka");
      kafka = KafkaProcess.in(folder).property("group.min.session.timeout.ms", "500").start();
      Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TestLog shared() {
    return Shared.LOG;
  }

  /** Started only for who asks for it: a child process needs nothing but the settings. */
  private static final class Shared {
    static final TestLog LOG = new TestLog();
  }

  KafkaProcess kafka() {
    return kafka;
  }

  LogSettings settings(String instanceId) {
    return settings(Map.of("bootstrap.servers", kafka.bootstrapServers()), instanceId);
  }

  static LogSettings settings(Map<String, Object> clientSettings, String instanceId) {
    return new LogSettings(
        clientSettings,
        PARTITIONS,
        (short) 1,
        instanceId,
        INSTALLATION,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  /** A cluster that no other test uses. */
  static String newCluster() {
    return "cluster-" + UUID.randomUUID();
  }

  /** A cluster of a partition that no other test uses. */
  static String newClusterIn(int partition) {
    String cluster = newCluster();
    while (PARTITIONS.ofCluster(cluster) != partition) {
      cluster = newCluster();
    }
    return cluster;
  }

  static ServiceDesired service(String cluster, String name, long version, int desiredCount) {
    return new ServiceDesired(
        cluster,
        name,
        "id-of-" + name,
        version,
        INSTALLATION,
        null,
        "arn:aws:ecs:us-east-1:000000000000:cluster/" + cluster,
        ServiceStatusName.ACTIVE,
        SchedulingStrategy.REPLICA,
        desiredCount,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        false,
        Instant.EPOCH,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  void want(ServiceDesired service) {
    send(
        records.record(
            Topic.SERVICE_DESIRED,
            Keys.service(service.cluster(), service.serviceName()),
            service.cluster(),
            service,
            UUID.randomUUID().toString(),
            Instant.EPOCH));
  }

  void send(ProducerRecord<String, byte[]> record) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The tasks that nodes are told to run in a cluster, committed ones only. */
  List<TaskAssigned> assigned(String cluster) {
    return read(Topic.TASK_ASSIGNED).values().stream()
        .map(value -> EventJson.read(value, TaskAssigned.class))
        .filter(task -> task.cluster().equals(cluster))
        .toList();
  }

  /** The scheduler's own memory of a cluster. */
  List<TaskAssignment> assignments(String cluster) {
    return read(Topic.TASK_ASSIGNMENT).values().stream()
        .map(value -> EventJson.read(value, TaskAssignment.class))
        .filter(task -> task.cluster().equals(cluster))
        .toList();
  }

  /** The newest committed value of each key. */
  Map<String, byte[]> read(Topic topic) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record :
        records(topic.topicName(), PARTITIONS.countOf(topic))) {
      if (record.value() == null) {
        values.remove(record.key());
      } else {
        values.put(record.key(), record.value());
      }
    }
    return values;
  }

  /** All committed records of a topic. */
  List<ConsumerRecord<String, byte[]>> records(String topic, int partitions) {
    List<TopicPartition> all = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      all.add(new TopicPartition(topic, p));
    }
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "fetch.max.wait.ms",
                "50"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }
}

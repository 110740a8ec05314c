package dev.berth.benchmarks.scheduler;

import com.sun.management.OperatingSystemMXBean;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.log.TopicAdmin;
import dev.berth.scheduler.adapter.kafka.LogSettings;
import dev.berth.scheduler.adapter.kafka.SchedulerRuntime;
import dev.berth.scheduler.application.DecisionTelemetry;
import dev.berth.scheduler.application.ReconciledCluster;
import dev.berth.scheduler.config.RandomIds;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import dev.berth.scheduler.domain.state.ClusterState;
import dev.berth.standalone.kafka.KafkaProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How long a scheduler takes from its start until it has decided a cluster that it finds in the
 * topics of a real Kafka, and what it then holds. The peer is a consumer that reads the same
 * records and does nothing with them.
 */
final class StartUpFigures {
  private static final Partitions PARTITIONS = Partitions.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final AtomicLong NOT_WRITTEN = new AtomicLong();

  private StartUpFigures() {}

  /**
   * Measures.
   *
   * @param args how many tasks
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Logger.getLogger("").setLevel(Level.WARNING);
    ClusterRecords records = ClusterRecords.ofTasks(Integer.parseInt(args[0]));
    Path folder = Files.createTempDirectory("berth-bench-kafka");
    KafkaProcess kafka = KafkaProcess.in(folder.resolve("data")).heapMegabytes(512).start();
    try {
      long began = System.nanoTime();
      write(kafka.bootstrapServers(), records);
      Fork.result("write s", (System.nanoTime() - began) / 1e9);
      Fork.result("read s", read(kafka.bootstrapServers()));
      start(kafka.bootstrapServers());
    } finally {
      kafka.wipe();
      try (Stream<Path> left = Files.walk(folder)) {
        left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static void write(String servers, ClusterRecords records) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicAdmin.ensureTopics(admin, PARTITIONS, (short) 1, TIMEOUT);
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 50, "batch.size", 512 * 1024),
            new StringSerializer(),
            new ByteArraySerializer())) {
      String cluster = ClusterRecords.CLUSTER;
      send(producer, Topic.CLUSTER_DESIRED, cluster, ClusterRecords.cluster());
      for (int i = 0; i < records.instances(); i++) {
        String id = ClusterRecords.instanceId(i);
        send(producer, Topic.CONTAINER_INSTANCE_DESIRED, id, ClusterRecords.instanceDesired(i));
        send(producer, Topic.CONTAINER_INSTANCE_STATUS, id, ClusterRecords.instanceStatus(i));
      }
      for (int s = 0; s < records.services(); s++) {
        String key = Keys.service(cluster, ClusterRecords.service(s));
        byte[] wanted =
            ClusterRecords.serviceDesired(
                ClusterRecords.service(s), records.tasksPerService(), 1, ClusterRecords.Way.SPREAD);
        send(producer, Topic.SERVICE_DESIRED, key, wanted);
        send(producer, Topic.SERVICE_STATUS, key, records.serviceStatus(s, Instant.now()));
      }
      for (int task = 0; task < records.tasks(); task++) {
        String id = ClusterRecords.taskId(task);
        send(producer, Topic.TASK_ASSIGNMENT, id, records.assignment(task));
        send(producer, Topic.TASK_STATUS, id, records.running(task, 1));
      }
    }
    if (NOT_WRITTEN.get() > 0) {
      throw new IllegalStateException(NOT_WRITTEN.get() + " records were not written");
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, Topic topic, String key, byte[] value) {
    int partition = PARTITIONS.ofCluster(ClusterRecords.CLUSTER);
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic.topicName(), partition, key, value),
            (written, failure) -> {
              if (failure != null) {
                NOT_WRITTEN.incrementAndGet();
              }
            });
  }

  private static double read(String servers) {
    int number = PARTITIONS.ofCluster(ClusterRecords.CLUSTER);
    List<TopicPartition> partitions =
        Stream.of(
                Topic.CLUSTER_DESIRED,
                Topic.CONTAINER_INSTANCE_DESIRED,
                Topic.CONTAINER_INSTANCE_STATUS,
                Topic.SERVICE_DESIRED,
                Topic.SERVICE_STATUS,
                Topic.TASK_ASSIGNMENT,
                Topic.TASK_STATUS)
            .map(topic -> new TopicPartition(topic.topicName(), number))
            .toList();
    long began = System.nanoTime();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "max.poll.records", 5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100));
      }
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static void start(String servers) throws InterruptedException {
    long before = Fork.retained();
    FirstDecision first = new FirstDecision();
    RandomIds ids = new RandomIds();
    long began = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    try (SchedulerRuntime runtime =
        new SchedulerRuntime(
            settings(servers),
            (cluster, epoch) ->
                new ReconciledCluster(
                    new ClusterState(
                        cluster, ClusterRecords.INSTALLATION, epoch, SchedulerSettings.DEFAULT),
                    ids),
            first,
            Clock.systemUTC())) {
      runtime.start();
      if (!first.made.await(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("No decision within five minutes: " + runtime.state());
      }
      Fork.result("ready s", (System.nanoTime() - began) / 1e9);
      Fork.result("ready cpu s", (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
      Fork.result("first decision s", first.nanos.get() / 1e9);
      Fork.result("heap MiB", (Fork.retained() - before) / 1048576.0);
    }
  }

  private static LogSettings settings(String servers) {
    return new LogSettings(
        Map.of("bootstrap.servers", servers),
        PARTITIONS,
        (short) 1,
        "measured",
        ClusterRecords.INSTALLATION,
        Duration.ofSeconds(6),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofMinutes(10));
  }

  private static final class FirstDecision implements DecisionTelemetry {
    private final CountDownLatch made = new CountDownLatch(1);
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public void reconciled(String cluster, Duration took) {
      if (nanos.compareAndSet(0, took.toNanos())) {
        made.countDown();
      }
    }

    @Override
    public void committed(String cluster, List<OutgoingRecord> plan, Duration took) {
      throw new IllegalStateException("All was well, but was written: " + plan.getFirst());
    }

    @Override
    public void transactionFailed(int partition, Throwable cause) {
      throw new IllegalStateException("Partition " + partition, cause);
    }

    @Override
    public void reconcileFailed(String cluster, RuntimeException defect) {
      throw new IllegalStateException(cluster, defect);
    }
  }
}

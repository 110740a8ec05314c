package dev.berth.benchmarks.cluster;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.log.EventRecords;
import dev.berth.log.LogIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Many container instances that run nothing: each tells what it has and that it lives, as often as
 * a node does, and answers an assignment with RUNNING or STOPPED at once. One consumer reads all
 * partitions of the assignments; the records are those of real nodes, written with their settings.
 */
final class SimulatedNodes implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Heartbeats of real nodes are spread over the second, too. */
  private static final int GROUPS = 10;

  private static final Resources MACHINE = new Resources(1_048_576, 4_194_304, List.of(), 0);

  private final String installationId;
  private final List<Instance> instances;
  private final Set<String> ids;
  private final EventRecords records;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon(true).name("heartbeats").unstarted(work));
  private final AtomicLong version = new AtomicLong(System.currentTimeMillis() * 1000);
  private final AtomicLong answered = new AtomicLong();
  private final Thread answering;
  private final String logId;
  private volatile Assignment newest = new Assignment(0, 0);

  private record Instance(String id, String name, String zone, Instant registeredAt) {}

  /**
   * The assignment of the newest leadership that was read first.
   *
   * @param epoch of the leadership
   * @param readAt nano time
   */
  record Assignment(long epoch, long readAt) {}

  /**
   * @param count of instances
   * @param zones over which they are spread
   */
  SimulatedNodes(String bootstrapServers, String installationId, int count, int zones) {
    this.installationId = installationId;
    Instant now = Instant.now();
    this.instances =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new Instance(
                        UUID.randomUUID().toString().replace("-", ""),
                        String.format(Locale.ROOT, "simulated-%04d", i),
                        "local-1" + (char) ('a' + i % zones),
                        now))
            .toList();
    this.ids = instances.stream().map(Instance::id).collect(Collectors.toUnmodifiableSet());
    this.records = new EventRecords(Partitions.DEFAULT, "/berth/simulated-nodes", installationId);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      this.logId = LogIdentity.read(admin, Duration.ofSeconds(10));
    }
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                false,
                "max.in.flight.requests.per.connection",
                1),
            new StringSerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> assigned = new ArrayList<>();
    for (int i = 0; i < Partitions.DEFAULT.byInstance(); i++) {
      assigned.add(new TopicPartition(Topic.TASK_ASSIGNED.topicName(), i));
    }
    consumer.assign(assigned);
    consumer.seekToBeginning(assigned);
    this.answering = Thread.ofPlatform().daemon(true).name("answers").unstarted(this::answer);
  }

  /** Registers the instances and begins to live. */
  void join() {
    for (Instance instance : instances) {
      write(Topic.CONTAINER_INSTANCE_STATUS, instance.id(), status(instance));
    }
    producer.flush();
    for (int group = 0; group < GROUPS; group++) {
      int mine = group;
      var unused =
          heart.scheduleAtFixedRate(
              () -> beat(mine),
              HEARTBEAT.toMillis() * group / GROUPS,
              HEARTBEAT.toMillis(),
              TimeUnit.MILLISECONDS);
    }
    answering.start();
  }

  int count() {
    return instances.size();
  }

  /** How many assignments were answered. */
  long answered() {
    return answered.get();
  }

  /** The first assignment read of the newest leadership. */
  Assignment newestLeadership() {
    return newest;
  }

  private void beat(int group) {
    Instant now = Instant.now();
    for (int i = group; i < instances.size(); i += GROUPS) {
      Instance instance = instances.get(i);
      write(
          Topic.CONTAINER_INSTANCE_HEARTBEAT,
          instance.id(),
          new ContainerInstanceHeartbeat(
              instance.id(),
              "default",
              version.incrementAndGet(),
              0,
              true,
              HEARTBEAT.toMillis(),
              now));
    }
  }

  private void answer() {
    try {
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          if (record.value() != null) {
            answer(EventJson.read(record.value(), TaskAssigned.class));
          }
        }
      }
    } catch (WakeupException closed) {
      consumer.close();
    }
  }

  private void answer(TaskAssigned assigned) {
    if (!ids.contains(assigned.containerInstanceId())) {
      return;
    }
    if (assigned.epoch() > newest.epoch()) {
      newest = new Assignment(assigned.epoch(), System.nanoTime());
    }
    write(Topic.TASK_STATUS, assigned.taskId(), status(assigned));
    answered.incrementAndGet();
  }

  private void write(Topic topic, String key, Object value) {
    Future<RecordMetadata> unused =
        producer.send(
            records.record(
                topic,
                key,
                "default",
                value,
                Long.toHexString(version.incrementAndGet()),
                Instant.now()));
  }

  private ContainerInstanceStatus status(Instance instance) {
    return new ContainerInstanceStatus(
        instance.id(),
        "default",
        version.incrementAndGet(),
        installationId,
        instance.name(),
        instance.zone(),
        "127.0.0.1",
        "http://127.0.0.1:1",
        MACHINE,
        List.of(
            Attribute.of(Capabilities.OS_TYPE, "linux"),
            Attribute.of(Capabilities.CPU_ARCHITECTURE, "x86_64"),
            Attribute.of("ecs.availability-zone", instance.zone()),
            Attribute.of("ecs.instance-type", "simulated")),
        "1.0.0",
        "20.10",
        true,
        false,
        List.of(),
        logId,
        instance.registeredAt(),
        instance.registeredAt(),
        null,
        List.of());
  }

  private TaskStatus status(TaskAssigned assigned) {
    boolean run = assigned.desiredStatus() == TaskLifecycle.RUNNING;
    Instant now = Instant.now();
    TaskLifecycle status = run ? TaskLifecycle.RUNNING : TaskLifecycle.STOPPED;
    return new TaskStatus(
        assigned.taskId(),
        assigned.cluster(),
        assigned.containerInstanceId(),
        version.incrementAndGet(),
        installationId,
        status,
        HealthStatus.UNKNOWN,
        assigned.taskDefinition().containerDefinitions().stream()
            .map(container -> container(assigned.taskId(), container, status))
            .toList(),
        assigned.taskDefinition().taskDefinitionArn(),
        assigned.serviceName(),
        assigned.serviceId(),
        assigned.deploymentId(),
        assigned.group(),
        assigned.startedBy(),
        assigned.resources(),
        "127.0.0.1",
        assigned.stopCode(),
        assigned.stoppedReason(),
        assigned.createdAt(),
        now,
        now,
        now,
        run ? null : now,
        run ? null : now,
        run ? null : now,
        assigned.launchType(),
        assigned.capacityProviderName());
  }

  private static ContainerState container(
      String taskId, ContainerDefinition container, TaskLifecycle status) {
    return new ContainerState(
        UUID.nameUUIDFromBytes((taskId + container.name()).getBytes(StandardCharsets.UTF_8))
            .toString(),
        container.name(),
        container.image(),
        null,
        taskId + taskId,
        status,
        status == TaskLifecycle.STOPPED ? 0 : null,
        null,
        HealthStatus.UNKNOWN,
        List.of(),
        List.of(),
        null,
        null,
        null,
        null);
  }

  @Override
  public void close() {
    heart.shutdownNow();
    consumer.wakeup();
    try {
      answering.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(5));
  }
}

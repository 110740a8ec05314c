package dev.berth.benchmarks;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.Topic;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Where the time of a single task's start goes: between the call, the records' own timestamps, what
 * Docker says of the container, and the client that sees RUNNING.
 */
final class StageBenchmark {
  private static final List<String> STAGES =
      List.of(
          "API: the call to task.desired written",
          "scheduler: to task.assigned written",
          "node: to the container's creation (journal, image)",
          "Docker: create and start",
          "node: to RUNNING written (inspection)",
          "API: to RUNNING at the client");

  private final BerthClient berth;
  private final TaskWatch watch;
  private final String bootstrapServers;

  StageBenchmark(BerthClient berth, TaskWatch watch, int kafkaPort) {
    this.berth = berth;
    this.watch = watch;
    this.bootstrapServers = "127.0.0.1:" + kafkaPort;
  }

  /** The table's lines: each stage's median and range over the rounds. */
  List<String> lines(String definition, int rounds) throws InterruptedException {
    List<List<Double>> stages = new ArrayList<>();
    STAGES.forEach(stage -> stages.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      List<Double> millis = round(definition);
      for (int i = 0; i < millis.size(); i++) {
        stages.get(i).add(millis.get(i));
      }
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < STAGES.size(); i++) {
      lines.add(
          String.format(
              Locale.ROOT, "| %s | %s |", STAGES.get(i), new Rounds(stages.get(i)).text()));
    }
    return lines;
  }

  private List<Double> round(String definition) throws InterruptedException {
    try (KafkaConsumer<String, byte[]> log =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (Topic topic : List.of(Topic.TASK_DESIRED, Topic.TASK_ASSIGNED, Topic.TASK_STATUS)) {
        log.partitionsFor(topic.topicName())
            .forEach(part -> partitions.add(new TopicPartition(part.topic(), part.partition())));
      }
      log.assign(partitions);
      log.seekToEnd(partitions);
      partitions.forEach(log::position);

      double called = now();
      String arn =
          berth
              .call(
                  "POST",
                  "/v1/clusters/default/tasks",
                  "{\"taskDefinition\":\"%s\"}".formatted(definition))
              .at("/tasks/0/taskArn")
              .asText();
      String id = arn.substring(arn.lastIndexOf('/') + 1);
      watch.awaitRunning(List.of(id));
      double seen = now();
      double desired = 0;
      double assigned = 0;
      double running = 0;
      long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (desired == 0 || assigned == 0 || running == 0) {
        if (System.nanoTime() > giveUp) {
          throw new IllegalStateException("The records of task " + id + " were not all read");
        }
        for (ConsumerRecord<String, byte[]> record : log.poll(Duration.ofMillis(100))) {
          if (!record.key().contains(id) || record.value() == null) {
            continue;
          }
          if (record.topic().equals(Topic.TASK_DESIRED.topicName())) {
            desired = record.timestamp();
          } else if (record.topic().equals(Topic.TASK_ASSIGNED.topicName())) {
            assigned = record.timestamp();
          } else if (EventJson.read(record.value(), TaskStatus.class).lastStatus()
              == TaskLifecycle.RUNNING) {
            running = record.timestamp();
          }
        }
      }
      String container =
          CommandLine.run("docker", "ps", "-q", "--filter", "label=dev.berth.task-id=" + id);
      String[] times =
          CommandLine.run("docker", "inspect", "-f", "{{.Created}} {{.State.StartedAt}}", container)
              .split(" ");
      double created = millis(times[0]);
      double started = millis(times[1]);
      berth.call("POST", "/v1/tasks/" + id + "/stop", "{\"reason\":\"measured\"}");
      return List.of(
          desired - called,
          assigned - desired,
          created - assigned,
          started - created,
          running - started,
          seen - running);
    }
  }

  private static double now() {
    return millis(Instant.now());
  }

  private static double millis(String time) {
    return millis(OffsetDateTime.parse(time).toInstant());
  }

  private static double millis(Instant instant) {
    return instant.getEpochSecond() * 1e3 + instant.getNano() / 1e6;
  }
}

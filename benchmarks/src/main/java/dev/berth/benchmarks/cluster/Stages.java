package dev.berth.benchmarks.cluster;

import dev.berth.benchmarks.Rounds;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Topic;
import dev.berth.contracts.event.PublicEvent;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Where a task's time goes, from the records themselves, which are read after everything was
 * measured: when each was made, and what it says.
 */
final class Stages {
  private final String bootstrapServers;
  private final Map<TopicPartition, Long> since = new HashMap<>();

  /** Remembers where the topics end now. */
  Stages(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    try (KafkaConsumer<String, byte[]> log = open()) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (Topic topic :
          List.of(Topic.TASK_DESIRED, Topic.TASK_ASSIGNED, Topic.TASK_STATUS, Topic.EVENTS)) {
        log.partitionsFor(topic.topicName())
            .forEach(part -> partitions.add(new TopicPartition(part.topic(), part.partition())));
      }
      since.putAll(log.endOffsets(partitions));
    }
  }

  /** Lines of a table: each stage's median, 10th and 90th percentile over the tasks. */
  List<String> lines(TaskTimes times, boolean oneOff) {
    Map<String, Map<String, Long>> read = read();
    List<String> points = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (oneOff) {
      points.add("made");
      names.add("API: from the call to the task's making");
      points.add("desired");
      names.add("API: to task.desired written (commit, outbox, relay)");
    }
    points.add("assigned");
    names.add(
        oneOff ? "scheduler: to task.assigned written" : "from the call to task.assigned written");
    points.add("answered");
    names.add("simulated node: to RUNNING written (the plan's commit is in it)");
    points.add("folded");
    names.add("API: to the fold of RUNNING");
    List<List<Double>> millis = new ArrayList<>();
    names.forEach(name -> millis.add(new ArrayList<>()));
    List<Double> seen = new ArrayList<>();
    List<Double> whole = new ArrayList<>();
    for (String id : times.ids()) {
      long before = times.askedAt(id);
      boolean complete = true;
      List<Double> one = new ArrayList<>();
      for (String point : points) {
        Long at = read.getOrDefault(point, Map.of()).get(id);
        complete &= at != null;
        one.add(at == null ? 0.0 : at - before);
        before = at == null ? before : at;
      }
      if (complete) {
        for (int i = 0; i < one.size(); i++) {
          millis.get(i).add(one.get(i));
        }
        seen.add((double) times.runningAt(id) - before);
      }
      whole.add((double) times.runningAt(id) - times.askedAt(id));
    }
    names.add("API: to the answer that says RUNNING");
    millis.add(seen);
    names.add("whole");
    millis.add(whole);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      lines.add(line(names.get(i), millis.get(i)));
    }
    return lines;
  }

  private static String line(String name, List<Double> millis) {
    if (millis.isEmpty()) {
      return "| " + name + " | no records |";
    }
    List<Double> sorted = millis.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %s | %.0f ms (%.0f to %.0f) |",
        name,
        new Rounds(sorted).median(),
        sorted.get(sorted.size() / 10),
        sorted.get(sorted.size() * 9 / 10));
  }

  /** By stage and task, the time of its end in epoch milliseconds; the first record counts. */
  private Map<String, Map<String, Long>> read() {
    Map<String, Map<String, Long>> points = new HashMap<>();
    try (KafkaConsumer<String, byte[]> log = open()) {
      log.assign(since.keySet());
      since.forEach(log::seek);
      Map<TopicPartition, Long> ends = log.endOffsets(since.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> log.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : log.poll(Duration.ofMillis(200))) {
          if (record.value() != null) {
            note(points, record);
          }
        }
      }
    }
    return points;
  }

  private static void note(
      Map<String, Map<String, Long>> points, ConsumerRecord<String, byte[]> record) {
    String topic = record.topic();
    if (topic.equals(Topic.TASK_DESIRED.topicName())) {
      TaskDesired desired = EventJson.read(record.value(), TaskDesired.class);
      if (desired.run() != null) {
        put(points, "made", record.key(), desired.run().createdAt().toEpochMilli());
        put(points, "desired", record.key(), record.timestamp());
      }
    } else if (topic.equals(Topic.TASK_ASSIGNED.topicName())) {
      put(points, "assigned", record.key(), record.timestamp());
    } else if (topic.equals(Topic.TASK_STATUS.topicName())) {
      if (EventJson.read(record.value(), TaskStatus.class).lastStatus() == TaskLifecycle.RUNNING) {
        put(points, "answered", record.key(), record.timestamp());
      }
    } else {
      PublicEvent event = EventJson.read(record.value(), PublicEvent.class);
      if ("RUNNING".equals(event.detail().get("lastStatus"))) {
        put(
            points,
            "folded",
            RunningWatch.shortName(event.resources().getFirst()),
            event.time().toEpochMilli());
      }
    }
  }

  private static void put(
      Map<String, Map<String, Long>> points, String point, String task, long at) {
    points.computeIfAbsent(point, name -> new HashMap<>()).putIfAbsent(task, at);
  }

  private KafkaConsumer<String, byte[]> open() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}

package dev.berth.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contracts.CloudEvents;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private final EventRecords records =
      new EventRecords(Partitions.DEFAULT, "/berth/node-service/n1", "installation-1");

  @Test
  void aRecordGoesToItsPartitionWithItsHeaders() {
    ContainerInstanceHeartbeat heartbeat =
        new ContainerInstanceHeartbeat("i-1", "default", 1, 2, true, 1000, NOW);

    ProducerRecord<String, byte[]> record =
        records.record(
            Topic.CONTAINER_INSTANCE_HEARTBEAT, "i-1", "default", heartbeat, "event-1", NOW);

    assertThat(record.partition()).isEqualTo(Partitions.DEFAULT.ofCluster("default"));
    assertThat(record.key()).isEqualTo("i-1");
    assertThat(EventJson.read(record.value(), ContainerInstanceHeartbeat.class))
        .isEqualTo(heartbeat);
    assertThat(header(record, CloudEvents.ID)).isEqualTo("event-1");
    assertThat(header(record, CloudEvents.SOURCE)).isEqualTo("/berth/node-service/n1");
    assertThat(header(record, CloudEvents.TYPE))
        .isEqualTo("dev.berth.container-instance.heartbeat.v1");
    assertThat(header(record, CloudEvents.SUBJECT)).isEqualTo("i-1");
    assertThat(header(record, CloudEvents.INSTALLATION_ID)).isEqualTo("installation-1");
  }

  @Test
  void aTombstoneHasNoValue() {
    assertThat(records.record(Topic.TASK_STATUS, "t", "default", null, "e", NOW).value()).isNull();
  }

  @Test
  void aTopicTakesItsOwnRecordsOnly() {
    assertThatThrownBy(() -> records.record(Topic.TASK_STATUS, "t", "default", "text", "e", NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("berth.task.status.v1");
  }

  @Test
  void aDeadLetterKeepsTheBytesAndSaysWhy() {
    ProducerRecord<byte[], byte[]> letter =
        EventRecords.deadLetter(
            Topic.Role.API,
            "berth.task.status.v1",
            3,
            77,
            "k".getBytes(UTF_8),
            "{".getBytes(UTF_8),
            "cut off");

    assertThat(letter.topic()).isEqualTo("berth.api.dead-letter.v1");
    assertThat(letter.value()).isEqualTo("{".getBytes(UTF_8));
    assertThat(new String(letter.headers().lastHeader("dead-letter-offset").value(), UTF_8))
        .isEqualTo("77");
    assertThat(new String(letter.headers().lastHeader("dead-letter-reason").value(), UTF_8))
        .isEqualTo("cut off");
  }

  private static String header(ProducerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}

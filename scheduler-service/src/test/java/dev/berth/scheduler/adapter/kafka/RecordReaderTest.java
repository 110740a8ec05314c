package dev.berth.scheduler.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.UnreadableEventException;
import dev.berth.contracts.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Records read with shared texts are the records that were written. */
class RecordReaderTest {
  @Test
  void equalTextsOfTwoRecordsAreOneObject() {
    TaskStatus one = RecordReader.read(status("one", "web"), TaskStatus.class);
    TaskStatus two = RecordReader.read(status("two", "web"), TaskStatus.class);

    assertThat(two.serviceName()).isEqualTo("web").isSameAs(one.serviceName());
    assertThat(two.taskId()).isEqualTo("two");
  }

  @Test
  void aRecordIsTheSameAsWithoutSharing() {
    byte[] json = status("one", "web");

    assertThat(RecordReader.read(json, TaskStatus.class))
        .isEqualTo(EventJson.read(json, TaskStatus.class));
  }

  @Test
  void longTextsAreReadToo() {
    String text = String.join("", Collections.nCopies(500, "x"));

    TaskStatus read = RecordReader.read(status("one", text), TaskStatus.class);

    assertThat(read.serviceName()).isEqualTo(text);
  }

  @Test
  void whatIsNoRecordIsRefused() {
    assertThatThrownBy(() -> RecordReader.read(utf8("no JSON"), TaskStatus.class))
        .isInstanceOf(UnreadableEventException.class);
    assertThatThrownBy(() -> RecordReader.read(utf8("null"), TaskStatus.class))
        .isInstanceOf(UnreadableEventException.class);
  }

  private static byte[] status(String taskId, String serviceName) {
    return utf8(
        "{\"taskId\":\"%s\",\"cluster\":\"default\",\"version\":1,\"serviceName\":\"%s\"}"
            .formatted(taskId, serviceName));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

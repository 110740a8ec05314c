package dev.berth.api.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.junit.jupiter.api.Test;

/** The connector's side of offsets: what it commits, and that nothing of it can end a channel. */
class FoldedOffsetsTest {
  private static final TopicPartition ONE = new TopicPartition("topic", 1);
  private static final TopicPartition TWO = new TopicPartition("topic", 2);

  private final List<Map<TopicPartition, OffsetAndMetadata>> commits = new ArrayList<>();
  private KafkaException refusal;
  private final FoldedOffsets offsets = new FoldedOffsets(consumer(), () -> {});

  @Test
  void aRecordIsHandedOnWithoutAskingKafkaAnything() {
    refusal = new UnknownTopicIdException("emptied");
    IncomingKafkaRecord<String, byte[]> record = record(ONE, 0);

    assertThat(offsets.received(record).await().atMost(Duration.ofSeconds(5))).isSameAs(record);
  }

  @Test
  void whatWasFoldedLastIsCommittedOnce() {
    offsets.partitionsAssigned(List.of(ONE, TWO));
    fold(ONE, 6);
    fold(ONE, 7);
    fold(TWO, 3);

    offsets.commit();
    offsets.commit();

    assertThat(commits)
        .containsExactly(Map.of(ONE, new OffsetAndMetadata(8), TWO, new OffsetAndMetadata(4)));
  }

  @Test
  void aCommitThatIsRefusedIsTriedAgain() {
    offsets.partitionsAssigned(List.of(ONE));
    refusal = new UnknownTopicIdException("emptied");
    fold(ONE, 6);
    offsets.commit();
    assertThat(commits).isEmpty();

    refusal = null;
    offsets.commit();

    assertThat(commits).containsExactly(Map.of(ONE, new OffsetAndMetadata(7)));
  }

  @Test
  void partitionsThatGoAreCommittedAndForgotten() {
    offsets.partitionsAssigned(List.of(ONE, TWO));
    fold(ONE, 6);
    fold(TWO, 3);

    offsets.partitionsRevoked(List.of(ONE));
    fold(ONE, 7);
    offsets.commit();

    assertThat(commits)
        .containsExactly(
            Map.of(ONE, new OffsetAndMetadata(7)), Map.of(TWO, new OffsetAndMetadata(4)));
  }

  @Test
  void partitionsThatAreLostEndNothing() {
    offsets.partitionsAssigned(List.of(ONE));
    fold(ONE, 6);
    refusal = new KafkaException("not a member");

    offsets.partitionsRevoked(List.of(ONE));

    refusal = null;
    offsets.commit();
    assertThat(commits).isEmpty();
  }

  @Test
  void aLogThatBeginsAnewIsCommittedFromItsBeginning() {
    offsets.partitionsAssigned(List.of(ONE));
    fold(ONE, 60);
    offsets.partitionsRevoked(List.of(ONE));
    offsets.partitionsAssigned(List.of(ONE));
    fold(ONE, 0);

    offsets.commit();

    assertThat(commits.getLast()).isEqualTo(Map.of(ONE, new OffsetAndMetadata(1)));
  }

  private void fold(TopicPartition partition, long offset) {
    offsets.handle(record(partition, offset)).await().atMost(Duration.ofSeconds(5));
  }

  private IncomingKafkaRecord<String, byte[]> record(TopicPartition partition, long offset) {
    return new IncomingKafkaRecord<>(
        new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, "key", new byte[] {1}),
        "channel",
        0,
        offsets,
        null,
        false);
  }

  /** Commits unless it refuses; anything else that is asked of it fails. */
  private KafkaConsumer<?, ?> consumer() {
    Consumer<?, ?> kafka =
        (Consumer<?, ?>) proxy(Consumer.class, "commitSync", args -> commit(args[0]));
    return (KafkaConsumer<?, ?>)
        proxy(
            KafkaConsumer.class,
            "commit",
            args -> Uni.createFrom().voidItem().invoke(() -> commit(args[0])),
            kafka);
  }

  private Object commit(Object offsets) {
    if (refusal != null) {
      throw refusal;
    }
    @SuppressWarnings("unchecked")
    Map<TopicPartition, OffsetAndMetadata> committed =
        (Map<TopicPartition, OffsetAndMetadata>) offsets;
    commits.add(committed);
    return null;
  }

  private interface Answer {
    Object to(Object[] args);
  }

  private static Object proxy(Class<?> type, String method, Answer answer, Object... unwrapped) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, called, args) -> {
          if (called.getName().equals(method)) {
            return answer.to(args);
          }
          if (called.getName().equals("unwrap") && unwrapped.length == 1) {
            return unwrapped[0];
          }
          throw new UnsupportedOperationException(called.getName());
        });
  }
}

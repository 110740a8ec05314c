package dev.berth.api.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.log.EventRecords;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/** Parks what can't be read, as it came, with where it came from and why. */
@ApplicationScoped
public class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

  private final MutinyEmitter<byte[]> emitter;

  public DeadLetters(@Channel("dead-letter-out") MutinyEmitter<byte[]> emitter) {
    this.emitter = emitter;
  }

  /** Parks a record; completes when Kafka has it, however long that takes. */
  Uni<Void> park(ConsumerRecord<String, byte[]> record, String reason) {
    LOG.warnf(
        "Parked %s-%d@%d (key %s): %s",
        record.topic(), record.partition(), record.offset(), record.key(), reason);
    ProducerRecord<byte[], byte[]> letter =
        EventRecords.deadLetter(
            Topic.Role.API,
            record.topic(),
            record.partition(),
            record.offset(),
            record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
            record.value(),
            reason);
    OutgoingKafkaRecordMetadata<byte[]> metadata =
        OutgoingKafkaRecordMetadata.<byte[]>builder()
            .withKey(letter.key())
            .withHeaders(letter.headers())
            .build();
    return Uni.createFrom()
        .deferred(() -> emitter.sendMessage(Message.of(letter.value(), Metadata.of(metadata))))
        .onFailure()
        .invoke(e -> LOG.warnf("Parking will be tried again: %s", e.getMessage()))
        .onFailure()
        .retry()
        .withBackOff(FIRST_BACK_OFF, MAX_BACK_OFF)
        .indefinitely();
  }
}

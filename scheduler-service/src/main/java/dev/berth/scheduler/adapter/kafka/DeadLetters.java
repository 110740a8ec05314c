package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.log.EventRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Parks records that can't be read, with their reason, so that the partition goes on. A record that
 * is still in a compacted topic is parked again by the next leader; its offset in the headers
 * tells.
 */
final class DeadLetters implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final LogClients clients;
  private Producer<byte[], byte[]> producer;

  DeadLetters(LogClients clients) {
    this.clients = clients;
  }

  /** Parks one record; Kafka's answer isn't waited for. */
  synchronized void park(ConsumerRecord<String, byte[]> record, RuntimeException reason) {
    LOG.warnf(
        "Parked an unreadable record: topic=%s partition=%d offset=%d key=%s: %s",
        record.topic(), record.partition(), record.offset(), record.key(), reason.getMessage());
    try {
      if (producer == null) {
        producer = clients.deadLetterWriter();
      }
      // The callback hears of it; the caller goes on with the next record.
      Future<RecordMetadata> unused =
          producer.send(
              EventRecords.deadLetter(
                  Topic.Role.SCHEDULER,
                  record.topic(),
                  record.partition(),
                  record.offset(),
                  record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8),
                  record.value(),
                  String.valueOf(reason.getMessage())),
              (metadata, failure) -> {
                if (failure != null) {
                  LOG.errorf("A dead letter could not be written: %s", failure.getMessage());
                }
              });
    } catch (KafkaException e) {
      LOG.errorf("A dead letter could not be written: %s", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}

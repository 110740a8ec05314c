package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.log.EventRecords;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Parks records that can't be read, so that the partition goes on. */
@ApplicationScoped
public class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final MutinyEmitter<ProducerRecord<byte[], byte[]>> out;

  DeadLetters(
      @Channel("dead-letter-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
          MutinyEmitter<ProducerRecord<byte[], byte[]>> out) {
    this.out = out;
  }

  void park(Topic topic, ConsumerRecord<String, byte[]> record, String reason) {
    byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
    out.send(
            EventRecords.deadLetter(
                Topic.Role.LB,
                topic.topicName(),
                record.partition(),
                record.offset(),
                key,
                record.value(),
                reason))
        .subscribe()
        .with(
            sent -> {},
            failed ->
                LOG.errorf(
                    failed,
                    "The unreadable record %s-%d@%d could not be parked",
                    topic.topicName(),
                    record.partition(),
                    record.offset()));
  }
}

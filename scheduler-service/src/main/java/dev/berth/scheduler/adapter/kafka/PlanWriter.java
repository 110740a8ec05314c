package dev.berth.scheduler.adapter.kafka;

import dev.berth.log.EventRecords;
import dev.berth.scheduler.application.DecisionLog;
import dev.berth.scheduler.application.LeadershipLostException;
import dev.berth.scheduler.domain.records.OutgoingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Writes each plan as one transaction under the partition's transactional id. */
final class PlanWriter implements DecisionLog, AutoCloseable {
  private final Producer<String, byte[]> producer;
  private final EventRecords records;
  private final String idPrefix;
  private long written;

  /**
   * @param idPrefix makes the ids of this leadership's events different from any other's
   */
  PlanWriter(Producer<String, byte[]> producer, EventRecords records, String idPrefix) {
    this.producer = producer;
    this.records = records;
    this.idPrefix = idPrefix;
  }

  /**
   * Fences whoever wrote under this transactional id before, and ends what he left open: once this
   * has returned, all that he has committed is in the log and nothing more of his can come.
   */
  void fencePredecessor() {
    producer.initTransactions();
  }

  @Override
  public void commit(List<OutgoingRecord> plan, Instant decidedAt) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(plan.size());
    try {
      producer.beginTransaction();
      for (OutgoingRecord record : plan) {
        written++;
        sent.add(
            producer.send(
                records.record(
                    record.topic(),
                    record.key(),
                    record.partitionKey(),
                    record.value(),
                    idPrefix + written,
                    decidedAt)));
      }
      // Fails when any of the records could not be sent.
      producer.commitTransaction();
    } catch (KafkaException | IllegalStateException e) {
      // Not aborted by hand: the successor's fencing ends what is open, whatever became of it.
      throw new LeadershipLostException(
          "A plan of " + sent.size() + " records was not written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}

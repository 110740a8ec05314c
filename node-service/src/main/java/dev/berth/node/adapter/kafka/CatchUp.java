package dev.berth.node.adapter.kafka;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Whether this node has read its assignments to the end. */
@Singleton
public class CatchUp {
  private static final Logger LOG = Logger.getLogger(CatchUp.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final KafkaClientService clients;
  private final AssignedPartition assigned;
  private final TaskAssignedConsumer consumer;
  private final LogWatch log;
  private volatile boolean caughtUp;

  CatchUp(
      KafkaClientService clients,
      AssignedPartition assigned,
      TaskAssignedConsumer consumer,
      LogWatch log) {
    this.clients = clients;
    this.assigned = assigned;
    this.consumer = consumer;
    this.log = log;
  }

  /** Whether the end that the partition had when it was first asked was reached. */
  public boolean isCaughtUp() {
    if (!caughtUp && log.isReady()) {
      try {
        caughtUp = isAtEnd();
      } catch (RuntimeException e) {
        LOG.debug("How far the assignments were read can't be told now", e);
      }
    }
    return caughtUp;
  }

  /** Reads the partition once more, from its beginning: the log is another one. */
  public void readAgain() {
    consumer()
        .seekToBeginning(List.of(assigned.partition()))
        .subscribe()
        .with(
            done -> LOG.info("Reading all assignments again"),
            failure -> LOG.error("The assignments can't be read again", failure));
  }

  private boolean isAtEnd() {
    TopicPartition partition = assigned.partition();
    long before = consumer.handled();
    Long lag =
        consumer()
            .runOnPollingThread(
                client -> {
                  Map<TopicPartition, Long> ends = client.endOffsets(List.of(partition), TIMEOUT);
                  return ends.get(partition) - client.position(partition, TIMEOUT);
                })
            .await()
            .atMost(TIMEOUT.multipliedBy(2));
    return lag <= 0 && consumer.isIdle() && consumer.handled() == before;
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return clients.getConsumer(AssignedPartition.CHANNEL);
  }
}

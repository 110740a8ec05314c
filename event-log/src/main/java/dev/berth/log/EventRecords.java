package dev.berth.log;

import dev.berth.contracts.CloudEvents;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the Kafka records of events: partition, key, JSON value, CloudEvents headers. */
public final class EventRecords {
  private final Partitions partitions;
  private final String source;
  private final String installationId;

  /**
   * @param source the CloudEvents source, such as {@code /berth/scheduler-service/host-1}
   * @param installationId the installation's id, or null where it isn't known yet
   */
  public EventRecords(Partitions partitions, String source, String installationId) {
    this.partitions = partitions;
    this.source = source;
    this.installationId = installationId;
  }

  /**
   * A record.
   *
   * @param key the record's key
   * @param partitionKey what the partition is chosen by: the cluster, the container instance or the
   *     resource, see {@link Topic#partitionedBy}
   * @param value the event, or null for a tombstone
   * @param id the CloudEvents id, unique per source
   */
  public ProducerRecord<String, byte[]> record(
      Topic topic, String key, String partitionKey, Object value, String id, Instant time) {
    if (value != null && !topic.recordType().isInstance(value)) {
      throw new IllegalArgumentException(
          topic.topicName()
              + " takes "
              + topic.recordType().getName()
              + ", not "
              + value.getClass().getName());
    }
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topic.topicName(),
            partition(topic, partitionKey),
            key,
            value == null ? null : EventJson.write(value));
    for (Map.Entry<String, byte[]> header :
        CloudEvents.headers(topic, key, id, source, time, installationId).entrySet()) {
      record.headers().add(header.getKey(), header.getValue());
    }
    return record;
  }

  /** The partition of a topic that a partition key belongs to. */
  public int partition(Topic topic, String partitionKey) {
    return switch (topic.partitionedBy()) {
      case CLUSTER -> partitions.ofCluster(partitionKey);
      case INSTANCE -> partitions.ofInstance(partitionKey);
      case RESOURCE -> partitions.ofResource(partitionKey);
      case NOTHING -> 0;
    };
  }

  /**
   * A record for the dead-letter topic of {@code role}: the bytes as they came, with where they
   * came from and why they couldn't be read in the headers.
   */
  public static ProducerRecord<byte[], byte[]> deadLetter(
      Topic.Role role,
      String topic,
      int partition,
      long offset,
      byte[] key,
      byte[] value,
      String reason) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topic.deadLetterTopic(role), 0, key, value);
    record.headers().add("dead-letter-topic", utf8(topic));
    record.headers().add("dead-letter-partition", utf8(Integer.toString(partition)));
    record.headers().add("dead-letter-offset", utf8(Long.toString(offset)));
    record.headers().add("dead-letter-reason", utf8(reason));
    return record;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

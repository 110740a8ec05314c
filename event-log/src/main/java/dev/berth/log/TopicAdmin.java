package dev.berth.log;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates Berth's topics where they are missing, and refuses a log whose partitions differ. */
public final class TopicAdmin {
  private static final Duration TOMBSTONE_RETENTION = Duration.ofDays(1);

  private TopicAdmin() {}

  /**
   * Creates the topics that don't exist yet; several processes may do so at once.
   *
   * @param replicationFactor copies of each partition, or -1 for the broker's default
   * @throws IllegalStateException if a topic exists with another number of partitions: keys would
   *     no longer be where their readers look
   */
  public static void ensureTopics(
      Admin admin, Partitions partitions, short replicationFactor, Duration timeout) {
    Map<String, NewTopic> wanted = new HashMap<>();
    for (Topic topic : Topic.values()) {
      wanted.put(topic.topicName(), newTopic(topic, partitions, replicationFactor));
    }
    for (Topic.Role role : Topic.Role.values()) {
      String name = Topic.deadLetterTopic(role);
      NewTopic deadLetters = new NewTopic(name, Optional.of(1), replication(replicationFactor));
      deadLetters.configs(
          Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(Duration.ofDays(14).toMillis())));
      wanted.put(name, deadLetters);
    }
    Set<String> existing = call(admin.listTopics().names(), timeout);
    List<NewTopic> missing = new ArrayList<>();
    wanted.forEach(
        (name, topic) -> {
          if (!existing.contains(name)) {
            missing.add(topic);
          }
        });
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, created) -> {
              try {
                call(created, timeout);
              } catch (LogUnavailableException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                  throw e;
                }
              }
            });
    Map<String, TopicDescription> described =
        call(
            admin
                .describeTopics(existing.stream().filter(wanted::containsKey).toList())
                .allTopicNames(),
            timeout);
    described.forEach(
        (name, description) -> {
          int count = wanted.get(name).numPartitions();
          if (description.partitions().size() != count) {
            throw new IllegalStateException(
                "Topic %s has %d partitions, configured are %d. Partition counts never change: set berth.partitions.* to what the log has."
                    .formatted(name, description.partitions().size(), count));
          }
        });
  }

  private static NewTopic newTopic(Topic topic, Partitions partitions, short replicationFactor) {
    NewTopic created =
        new NewTopic(
            topic.topicName(),
            Optional.of(partitions.countOf(topic)),
            replication(replicationFactor));
    Map<String, String> configs = new HashMap<>();
    configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(4 * 1024 * 1024));
    if (topic.isCompacted()) {
      configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      configs.put(
          TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONE_RETENTION.toMillis()));
    } else {
      configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
      configs.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(topic.retention().toMillis()));
    }
    return created.configs(configs);
  }

  private static Optional<Short> replication(short factor) {
    return factor < 0 ? Optional.empty() : Optional.of(factor);
  }

  static <T> T call(org.apache.kafka.common.KafkaFuture<T> future, Duration timeout) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LogUnavailableException(
          "Kafka refused: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new LogUnavailableException("Kafka did not answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailableException("Interrupted while waiting for Kafka", e);
    }
  }
}

package dev.berth.node.adapter.kafka;

import dev.berth.contracts.Topic;
import dev.berth.node.application.NodeIdentity;
import dev.berth.node.config.InstallationConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The one partition of {@code berth.task.assigned.v1} that this node's instance hashes to: each
 * start reads it from its beginning, so that no offset is kept anywhere.
 */
@Singleton
public class AssignedPartition {
  static final String CHANNEL = "task-assigned";

  private final TopicPartition partition;

  AssignedPartition(InstallationConfig installation, NodeIdentity node) {
    partition =
        new TopicPartition(
            Topic.TASK_ASSIGNED.topicName(),
            installation.partitions().toPartitions().ofInstance(node.containerInstanceId()));
  }

  TopicPartition partition() {
    return partition;
  }

  /** Settings of the channel that are only known once the node knows who it is. */
  @Produces
  @Identifier(CHANNEL)
  Map<String, Object> channelSettings() {
    return Map.of("assign-seek", partition.topic() + ":" + partition.partition() + ":0");
  }
}

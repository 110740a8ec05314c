package dev.berth.scheduler.adapter.kafka;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Which topics the leader of a partition reads. */
final class ReadTopics {
  /** What the scheduler itself has written and remembers by; read once, by the next leader. */
  static final List<Topic> OWN = List.of(Topic.TASK_ASSIGNMENT, Topic.SERVICE_STATUS);

  /** What others write; read as long as the partition is led. */
  static final List<Topic> INPUTS =
      List.of(
          Topic.CLUSTER_DESIRED,
          Topic.CONTAINER_INSTANCE_DESIRED,
          Topic.SERVICE_DESIRED,
          Topic.TASK_DESIRED,
          Topic.CONTAINER_INSTANCE_STATUS,
          Topic.CONTAINER_INSTANCE_HEARTBEAT,
          Topic.TASK_STATUS,
          Topic.TARGET_STATUS,
          Topic.LOAD_BALANCER_DESIRED);

  static final List<Topic> ALL = Stream.concat(OWN.stream(), INPUTS.stream()).toList();

  private ReadTopics() {}

  /**
   * The Kafka partitions of these topics that hold what the leader of a partition needs: the same
   * number in those partitioned by cluster, all of the others.
   */
  static Map<TopicPartition, Topic> of(List<Topic> topics, int partition, Partitions partitions) {
    Map<TopicPartition, Topic> read = new HashMap<>();
    for (Topic topic : topics) {
      if (topic.partitionedBy() == Topic.PartitionedBy.CLUSTER) {
        read.put(new TopicPartition(topic.topicName(), partition), topic);
      } else {
        for (int p = 0; p < partitions.countOf(topic); p++) {
          read.put(new TopicPartition(topic.topicName(), p), topic);
        }
      }
    }
    return Map.copyOf(read);
  }
}

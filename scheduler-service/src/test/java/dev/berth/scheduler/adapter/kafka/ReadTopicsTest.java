package dev.berth.scheduler.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.testkit.contracts.ChannelConfiguration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadTopicsTest {
  @Test
  void everythingThatOthersWriteForTheSchedulerIsRead() {
    Set<Topic> written =
        Arrays.stream(Topic.values())
            .filter(topic -> topic.readers().contains(Topic.Role.SCHEDULER))
            .filter(topic -> topic.writer() != Topic.Role.SCHEDULER)
            .collect(Collectors.toSet());

    assertThat(EnumSet.copyOf(ReadTopics.INPUTS)).isEqualTo(written);
  }

  @Test
  void nothingIsReadThatTheContractsDoNotGive() {
    assertThat(ReadTopics.ALL).allMatch(topic -> topic.readers().contains(Topic.Role.SCHEDULER));
  }

  @Test
  void noTopicGoesThroughAChannel() {
    // See docs/adr/0003: reading and writing by partition and transaction needs the plain client.
    ChannelConfiguration.check(Topic.Role.SCHEDULER, EnumSet.allOf(Topic.class));
  }

  @Test
  void theLeaderOfAPartitionReadsItsNumberAndAllOfWhatIsNotPartitionedByCluster() {
    assertThat(
            ReadTopics.of(ReadTopics.INPUTS, 5, Partitions.DEFAULT).keySet().stream()
                .filter(p -> p.partition() != 5)
                .map(TopicPartition::topic))
        .containsExactlyInAnyOrder(
            Topic.TARGET_STATUS.topicName(), Topic.LOAD_BALANCER_DESIRED.topicName());
  }
}

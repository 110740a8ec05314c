package dev.berth.log;

import dev.berth.contracts.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Tells one log from another. A Kafka that was emptied, or whose topics were created anew, has
 * another identity: what was once written to it is gone and has to be written again.
 */
public final class LogIdentity {
  private LogIdentity() {}

  /**
   * The log's identity: the Kafka cluster's id with the ids of all of Berth's topics.
   *
   * @throws LogUnavailableException if Kafka doesn't answer or a topic doesn't exist
   */
  public static String read(Admin admin, Duration timeout) {
    String clusterId = TopicAdmin.call(admin.describeCluster().clusterId(), timeout);
    List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
    Map<String, TopicDescription> topics =
        TopicAdmin.call(admin.describeTopics(names).allTopicNames(), timeout);
    int ids = 1;
    for (String name : names) {
      ids = 31 * ids + topics.get(name).topicId().hashCode();
    }
    return clusterId + "-" + Integer.toHexString(ids);
  }
}

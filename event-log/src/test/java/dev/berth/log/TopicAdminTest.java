package dev.berth.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.standalone.kafka.KafkaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final short BROKERS_DEFAULT = -1;

  @TempDir Path folder;

  @Test
  void topicsAreCreatedOnceAndALogThatWasEmptiedIsAnother() throws Exception {
    try (KafkaProcess kafka = KafkaProcess.startIn(folder.resolve("kafka"))) {
      String before;
      try (Admin admin = admin(kafka);
          ExecutorService services = Executors.newFixedThreadPool(4)) {
        List<Future<?>> starts =
            java.util.stream.IntStream.range(0, 4)
                .<Future<?>>mapToObj(i -> services.submit(() -> ensure(admin)))
                .toList();
        for (Future<?> start : starts) {
          start.get();
        }

        ensure(admin);

        assertThat(partitions(admin, Topic.TASK_ASSIGNED)).isEqualTo(16);
        assertThat(config(admin, Topic.TASK_STATUS, TopicConfig.CLEANUP_POLICY_CONFIG))
            .isEqualTo("compact");
        assertThat(config(admin, Topic.EVENTS, TopicConfig.RETENTION_MS_CONFIG))
            .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
        assertThatThrownBy(
                () ->
                    TopicAdmin.ensureTopics(
                        admin, new Partitions(4, 16, 4), BROKERS_DEFAULT, TIMEOUT))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("has 8 partitions, configured are 4");
        before = LogIdentity.read(admin, TIMEOUT);
      }

      kafka.restart();
      try (Admin admin = admin(kafka)) {
        assertThat(LogIdentity.read(admin, TIMEOUT)).as("a restart keeps it").isEqualTo(before);
      }

      kafka.stop();
      kafka.wipe();
      kafka.start();
      try (Admin admin = admin(kafka)) {
        assertThatThrownBy(() -> LogIdentity.read(admin, TIMEOUT))
            .isInstanceOf(LogUnavailableException.class);
        ensure(admin);
        assertThat(LogIdentity.read(admin, TIMEOUT)).isNotEqualTo(before);
      }
    }
  }

  private static void ensure(Admin admin) {
    TopicAdmin.ensureTopics(admin, Partitions.DEFAULT, BROKERS_DEFAULT, TIMEOUT);
  }

  private static int partitions(Admin admin, Topic topic) throws Exception {
    return admin
        .describeTopics(List.of(topic.topicName()))
        .allTopicNames()
        .get()
        .get(topic.topicName())
        .partitions()
        .size();
  }

  private static String config(Admin admin, Topic topic, String name) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
    return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
  }

  private static Admin admin(KafkaProcess kafka) {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
  }
}

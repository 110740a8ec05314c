package dev.berth.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Partitions;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names that operators use, and what holds without them. */
class ConfigNamesTest {
  @Test
  void withoutSettingsTheDefaultsHold() {
    SmallRyeConfig config = config(Map.of());

    SchedulerConfig scheduler = config.getConfigMapping(SchedulerConfig.class);
    assertThat(scheduler.instanceId()).isEmpty();
    assertThat(scheduler.instanceLostAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(scheduler.fullReconcileInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(scheduler.sessionTimeout()).isEqualTo(Duration.ofSeconds(6));
    assertThat(scheduler.logTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(scheduler.logWatchInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(scheduler.transactionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(scheduler.taskStableAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(scheduler.backOffMax()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.getConfigMapping(KafkaConfig.class).replicationFactor())
        .isEqualTo((short) -1);
    assertThat(config.getConfigMapping(PartitionsConfig.class).partitions())
        .isEqualTo(Partitions.DEFAULT);
  }

  @Test
  void everySettingHasItsName() {
    SmallRyeConfig config =
        config(
            Map.ofEntries(
                Map.entry("berth.scheduler.instance-id", "s-1"),
                Map.entry("berth.scheduler.instance-lost-after", "1s"),
                Map.entry("berth.scheduler.full-reconcile-interval", "2s"),
                Map.entry("berth.scheduler.session-timeout", "3s"),
                Map.entry("berth.scheduler.log-timeout", "4s"),
                Map.entry("berth.scheduler.log-watch-interval", "5s"),
                Map.entry("berth.scheduler.transaction-timeout", "6s"),
                Map.entry("berth.scheduler.task-stable-after", "7s"),
                Map.entry("berth.scheduler.back-off-max", "8s"),
                Map.entry("berth.kafka.bootstrap-servers", "kafka:9093"),
                Map.entry("berth.kafka.replication-factor", "3"),
                Map.entry("berth.partitions.by-cluster", "1"),
                Map.entry("berth.partitions.by-instance", "2"),
                Map.entry("berth.partitions.by-resource", "3")));

    SchedulerConfig scheduler = config.getConfigMapping(SchedulerConfig.class);
    assertThat(scheduler.instanceId()).contains("s-1");
    assertThat(scheduler.instanceLostAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(scheduler.fullReconcileInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(scheduler.sessionTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(scheduler.logTimeout()).isEqualTo(Duration.ofSeconds(4));
    assertThat(scheduler.logWatchInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(scheduler.transactionTimeout()).isEqualTo(Duration.ofSeconds(6));
    assertThat(scheduler.taskStableAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(scheduler.backOffMax()).isEqualTo(Duration.ofSeconds(8));
    KafkaConfig kafka = config.getConfigMapping(KafkaConfig.class);
    assertThat(kafka.bootstrapServers()).isEqualTo("kafka:9093");
    assertThat(kafka.replicationFactor()).isEqualTo((short) 3);
    assertThat(config.getConfigMapping(PartitionsConfig.class).partitions())
        .isEqualTo(new Partitions(1, 2, 3));
  }

  private static SmallRyeConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(SchedulerConfig.class)
        .withMapping(KafkaConfig.class)
        .withMapping(PartitionsConfig.class)
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .addDiscoveredConverters()
        .build();
  }
}

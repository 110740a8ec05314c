package dev.berth.lb.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the log that aren't the Kafka client's own. */
@ConfigMapping(prefix = "berth.kafka")
public interface KafkaSettings {
  /** Host and port of one broker or more, separated by commas. */
  @WithDefault("localhost:9092")
  String bootstrapServers();

  /** Copies of each partition of topics that are created; -1 for the broker's default. */
  @WithDefault("-1")
  short replicationFactor();
}

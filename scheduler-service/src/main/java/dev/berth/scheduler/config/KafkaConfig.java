package dev.berth.scheduler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Where the log is, {@code berth.kafka.*}. Every other setting of the Kafka clients is taken from
 * {@code kafka.*}.
 */
@ConfigMapping(prefix = "berth.kafka")
public interface KafkaConfig {
  /** Host and port pairs, separated by commas. */
  @WithDefault("localhost:9092")
  String bootstrapServers();

  /** Copies of each partition of the topics made here; -1 is the broker's default. */
  @WithDefault("-1")
  short replicationFactor();
}

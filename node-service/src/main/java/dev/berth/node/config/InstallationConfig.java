package dev.berth.node.config;

import dev.berth.contracts.Partitions;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What all services of an installation share. */
@ConfigMapping(prefix = "berth")
public interface InstallationConfig {
  /** The id of the installation; records and containers of another one are left alone. */
  String installationId();

  /** How many partitions topics have; never changes over the life of an installation. */
  PartitionCounts partitions();

  /** How topics are created. */
  KafkaTopics kafka();

  /** Partition counts by what chooses the partition. */
  interface PartitionCounts {
    @WithDefault("8")
    int byCluster();

    @WithDefault("16")
    int byInstance();

    @WithDefault("4")
    int byResource();

    /** The same as a value. */
    default Partitions toPartitions() {
      return new Partitions(byCluster(), byInstance(), byResource());
    }
  }

  /** How topics are created. */
  interface KafkaTopics {
    /** Copies of each partition; -1 for the broker's default. */
    @WithDefault("-1")
    short replicationFactor();
  }
}

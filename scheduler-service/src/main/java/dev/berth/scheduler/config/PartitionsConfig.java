package dev.berth.scheduler.config;

import dev.berth.contracts.Partitions;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The partition counts of the installation, {@code berth.partitions.*}; they never change. */
@ConfigMapping(prefix = "berth.partitions")
public interface PartitionsConfig {
  @WithDefault("8")
  int byCluster();

  @WithDefault("16")
  int byInstance();

  @WithDefault("4")
  int byResource();

  default Partitions partitions() {
    return new Partitions(byCluster(), byInstance(), byResource());
  }
}

package dev.berth.lb.config;

import dev.berth.contracts.Partitions;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many partitions topics have; the same in every service of an installation, for ever. */
@ConfigMapping(prefix = "berth.partitions")
public interface PartitionSettings {
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

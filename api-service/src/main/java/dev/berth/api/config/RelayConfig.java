package dev.berth.api.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the outbox is relayed to Kafka. */
@ConfigMapping(prefix = "berth.relay")
public interface RelayConfig {
  /** Whether this process relays at all. */
  @WithDefault("true")
  boolean enabled();

  /** The most outbox rows, and the most public events, in one batch. */
  @WithDefault("1000")
  int batchSize();

  /** How often the outbox is looked at without having been woken. */
  @WithDefault("1s")
  Duration pollInterval();

  /** How often it is checked that the log is still the one that was published to. */
  @WithDefault("5s")
  Duration identityCheckInterval();

  /** The age of the oldest outbox row from which on this service isn't ready. */
  @WithDefault("30s")
  Duration maxLag();
}

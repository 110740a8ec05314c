package dev.berth.api.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is over is kept. */
@ConfigMapping(prefix = "berth.retention")
public interface RetentionConfig {
  /** Stopped tasks; ECS shows them for at least an hour. */
  @WithDefault("1h")
  Duration stoppedTasks();

  /** Public events, and so how far back a reader can resume. */
  @WithDefault("7d")
  Duration events();

  /** Sentences about services. */
  @WithDefault("7d")
  Duration serviceEvents();

  /** Client tokens of creates. */
  @WithDefault("24h")
  Duration clientTokens();

  /** Deleted services. */
  @WithDefault("24h")
  Duration inactiveServices();

  /** Service deployments that are over; ECS shows them for 90 days. */
  @WithDefault("90d")
  Duration serviceDeployments();

  /** Task definitions from when they were deleted, as long as nothing runs them. */
  @WithDefault("1h")
  Duration deletedTaskDefinitions();

  /** Deregistered container instances that are silent, too. */
  @WithDefault("24h")
  Duration inactiveInstances();
}

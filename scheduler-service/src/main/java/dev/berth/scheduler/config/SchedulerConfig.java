package dev.berth.scheduler.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How this scheduler decides, {@code berth.scheduler.*}. */
@ConfigMapping(prefix = "berth.scheduler")
public interface SchedulerConfig {
  /** This process's name in logs and in the source of its events; made of host and process id. */
  Optional<String> instanceId();

  /** How long a container instance may be silent before its tasks are given up; 1 s or more. */
  @WithDefault("30s")
  Duration instanceLostAfter();

  /** Within which all of a cluster is looked at although nothing was heard; 1 s or more. */
  @WithDefault("30s")
  Duration fullReconcileInterval();

  /**
   * How long the group waits for a scheduler that has died before others take its partitions over;
   * within the broker's {@code group.min.session.timeout.ms} and {@code group.max...}.
   */
  @WithDefault("6s")
  Duration sessionTimeout();

  /** How long one request to Kafka may take before it counts as unreachable. */
  @WithDefault("5s")
  Duration logTimeout();

  /** How often Kafka is asked whether it is still the same log, and how far it goes. */
  @WithDefault("1s")
  Duration logWatchInterval();

  /**
   * How long a transaction of a scheduler that has died may hold back readers when nobody takes its
   * partition over.
   */
  @WithDefault("10s")
  Duration transactionTimeout();

  /**
   * How long a task without health checks must have run to count as started: one that ends before
   * has failed.
   */
  @WithDefault("10s")
  Duration taskStableAfter();

  /** The longest delay between tasks that keep failing; ECS's is 27 minutes. */
  @WithDefault("5m")
  Duration backOffMax();
}

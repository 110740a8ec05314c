package dev.berth.node.adapter.kafka;

import dev.berth.contracts.Partitions;
import dev.berth.log.LogIdentity;
import dev.berth.log.LogUnavailableException;
import dev.berth.log.TopicAdmin;
import dev.berth.node.config.InstallationConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Sees to it that the topics exist, and notices when the log is another one than before. */
@Singleton
public class LogWatch {
  private static final Logger LOG = Logger.getLogger(LogWatch.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration EACH = Duration.ofSeconds(3);
  private static final Duration WHILE_AWAY = Duration.ofMillis(500);

  private final Map<String, Object> settings;
  private final Partitions partitions;
  private final short replicationFactor;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon(true).name("log-watch").factory());
  private Admin admin;
  private BiConsumer<String, Boolean> changed;
  private volatile String identity;
  private volatile boolean away;

  LogWatch(
      @Identifier("default-kafka-broker") Map<String, Object> broker,
      InstallationConfig installation) {
    this.settings = new HashMap<>(broker);
    settings.put("client.id", "node-log-watch");
    this.partitions = installation.partitions().toPartitions();
    this.replicationFactor = installation.kafka().replicationFactor();
  }

  /**
   * Starts to watch.
   *
   * @param listener hears the log's identity when it is first known, and again, with true, when it
   *     is another one than before
   */
  public void start(BiConsumer<String, Boolean> listener) {
    changed = listener;
    thread.execute(this::look);
  }

  /** Ends the watch. */
  public void stop() {
    thread.shutdownNow();
  }

  /** Whether the topics are known to exist. */
  public boolean isReady() {
    return identity != null;
  }

  /** Whether Kafka answered the last time it was asked. */
  public boolean isReachable() {
    return identity != null && !away;
  }

  private void look() {
    Duration next = EACH;
    try {
      if (admin == null) {
        admin = Admin.create(settings);
      }
      String seen = identify();
      away = false;
      if (!seen.equals(identity)) {
        boolean isAnother = identity != null;
        LOG.infof("The log is %s%s", seen, isAnother ? ", it was " + identity : "");
        identity = seen;
        changed.accept(seen, isAnother);
      }
    } catch (LogUnavailableException | KafkaException e) {
      if (!away) {
        LOG.warnf("Kafka can't be reached, tasks go on: %s", e.getMessage());
      }
      away = true;
      next = WHILE_AWAY;
    } catch (RuntimeException e) {
      LOG.error("The log can't be used", e);
      away = true;
    }
    if (!thread.isShutdown()) {
      var unused = thread.schedule(this::look, next.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** An emptied log has no topics: they are made before anything is written to it. */
  private String identify() {
    if (identity == null) {
      TopicAdmin.ensureTopics(admin, partitions, replicationFactor, TIMEOUT);
      return LogIdentity.read(admin, TIMEOUT);
    }
    try {
      return LogIdentity.read(admin, TIMEOUT);
    } catch (LogUnavailableException e) {
      TopicAdmin.ensureTopics(admin, partitions, replicationFactor, TIMEOUT);
      return LogIdentity.read(admin, TIMEOUT);
    }
  }
}

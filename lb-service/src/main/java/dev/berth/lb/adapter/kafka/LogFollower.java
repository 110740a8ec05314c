package dev.berth.lb.adapter.kafka;

import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.lb.adapter.file.SavedConfiguration;
import dev.berth.lb.application.Balancer;
import dev.berth.log.LogIdentity;
import dev.berth.log.LogUnavailableException;
import dev.berth.log.TopicAdmin;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Follows the log as a whole: creates its topics, tells the balancer when both topics were read to
 * the ends they had at the start, and has them read again when the log turns out to be another one.
 */
public final class LogFollower {
  private static final Logger LOG = Logger.getLogger(LogFollower.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WHILE_CATCHING_UP = Duration.ofMillis(50);
  private static final Duration AFTERWARDS = Duration.ofSeconds(3);
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

  /** The topics that make up the configuration, by channel. */
  private static final Map<String, Topic> CHANNELS =
      Map.of(
          "load-balancer-desired",
          Topic.LOAD_BALANCER_DESIRED,
          "target-desired",
          Topic.TARGET_DESIRED);

  private final Supplier<Admin> newAdmin;
  private final Partitions partitions;
  private final short replicationFactor;
  private final KafkaClientService clients;
  private final DesiredTopics topics;
  private final Balancer balancer;
  private final SavedConfiguration copy;
  private final ScheduledExecutorService executor;
  private volatile Admin admin;
  private String identity;
  private Map<TopicPartition, Long> ends;
  private volatile boolean caughtUp;
  private volatile String trouble = "Kafka hasn't answered yet";

  public LogFollower(
      Supplier<Admin> newAdmin,
      Partitions partitions,
      short replicationFactor,
      KafkaClientService clients,
      DesiredTopics topics,
      Balancer balancer,
      SavedConfiguration copy,
      ScheduledExecutorService executor) {
    this.newAdmin = newAdmin;
    this.partitions = partitions;
    this.replicationFactor = replicationFactor;
    this.clients = clients;
    this.topics = topics;
    this.balancer = balancer;
    this.copy = copy;
    this.executor = executor;
  }

  public void start() {
    executor.execute(this::turn);
  }

  /** Lets go of the log; the executor has been stopped before. */
  public void close() {
    Admin open = admin;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }

  /** Whether the configuration has been read to its end once. */
  public boolean hasCaughtUp() {
    return caughtUp;
  }

  /** What keeps the log from being followed, or null. */
  public String trouble() {
    return trouble;
  }

  private void turn() {
    Duration pause = AFTER_A_FAILURE;
    try {
      pause = follow();
      trouble = null;
    } catch (LogUnavailableException | KafkaException | TimeoutException e) {
      if (trouble == null) {
        LOG.warnf("The log is away; the last configuration stays in force: %s", e.getMessage());
      }
      trouble = e.getMessage();
    } catch (ExecutionException | IllegalStateException e) {
      LOG.errorf(e, "The log can't be followed; it is tried again");
      trouble = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!executor.isShutdown()) {
      var unused = executor.schedule(this::turn, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Duration follow() throws ExecutionException, InterruptedException, TimeoutException {
    if (admin == null) {
      admin = newAdmin.get();
    }
    if (identity == null || caughtUp) {
      TopicAdmin.ensureTopics(admin, partitions, replicationFactor, TIMEOUT);
      checkIdentity();
    }
    if (caughtUp) {
      return AFTERWARDS;
    }
    if (ends == null) {
      ends = readEnds();
    }
    if (!hasReadToEnds()) {
      return WHILE_CATCHING_UP;
    }
    caughtUp = true;
    LOG.info("The configuration has been read to its end");
    // A copy of this very log has nothing that the log doesn't have.
    balancer.caughtUp(copy.isOf(identity));
    copy.identify(identity);
    return AFTERWARDS;
  }

  private void checkIdentity() throws ExecutionException, InterruptedException, TimeoutException {
    String now = LogIdentity.read(admin, TIMEOUT);
    if (identity != null && !identity.equals(now)) {
      LOG.warnf(
          "The log is another one than before (%s, was %s); it is read from its beginning, and"
              + " what was known stays in force until it is settled",
          now, identity);
      for (String channel : CHANNELS.keySet()) {
        await(consumer(channel).seekToBeginning(List.of(partition(CHANNELS.get(channel)))));
      }
      balancer.logChanged();
    }
    if (caughtUp && !now.equals(identity)) {
      copy.identify(now);
    }
    identity = now;
  }

  private Map<TopicPartition, Long> readEnds()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    CHANNELS.values().forEach(topic -> latest.put(partition(topic), OffsetSpec.latest()));
    Map<TopicPartition, Long> read = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .forEach((partition, offset) -> read.put(partition, offset.offset()));
    return read;
  }

  private boolean hasReadToEnds()
      throws ExecutionException, InterruptedException, TimeoutException {
    for (Map.Entry<String, Topic> channel : CHANNELS.entrySet()) {
      TopicPartition partition = partition(channel.getValue());
      Map<TopicPartition, Long> positions = await(consumer(channel.getKey()).getPositions());
      long polled = PolledRecords.of(partition.topic());
      if (positions.getOrDefault(partition, 0L) < ends.get(partition)
          || topics.handledOf(channel.getValue()) < polled) {
        return false;
      }
    }
    return true;
  }

  private KafkaConsumer<String, byte[]> consumer(String channel) {
    KafkaConsumer<String, byte[]> consumer = clients.getConsumer(channel);
    if (consumer == null) {
      throw new IllegalStateException("Channel " + channel + " has no Kafka consumer");
    }
    return consumer;
  }

  private static TopicPartition partition(Topic topic) {
    return new TopicPartition(topic.topicName(), 0);
  }

  private static <T> T await(io.smallrye.mutiny.Uni<T> uni)
      throws ExecutionException, InterruptedException, TimeoutException {
    return uni.subscribeAsCompletionStage().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}

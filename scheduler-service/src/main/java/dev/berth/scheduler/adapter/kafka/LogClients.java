package dev.berth.scheduler.adapter.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the Kafka clients of the scheduler. Creating one doesn't need Kafka to answer. */
final class LogClients {
  static final String GROUP = "berth-scheduler";

  private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

  private final LogSettings settings;

  LogClients(LogSettings settings) {
    this.settings = settings;
  }

  /** The id that fences the predecessor in a partition. */
  static String transactionalId(int partition) {
    return GROUP + "-" + partition;
  }

  Admin admin() {
    Map<String, Object> config = common("admin");
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(settings.logTimeout()));
    return Admin.create(config);
  }

  /** A member of the group of schedulers; it reads nothing. */
  Consumer<String, byte[]> member() {
    Map<String, Object> config = reader("member");
    config.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, millis(settings.sessionTimeout()));
    config.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        Math.max(1, millis(settings.sessionTimeout()) / 6));
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads committed records of partitions that are given to it by hand. */
  Consumer<String, byte[]> partitionReader(int partition) {
    return new KafkaConsumer<>(
        reader("reader-" + partition), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** Writes the plans of a partition. */
  Producer<String, byte[]> planWriter(int partition) {
    Map<String, Object> config = writer("writer-" + partition);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(partition));
    config.put(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) settings.transactionTimeout().toMillis());
    return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Parks what can't be read. Not idempotent: the producer outlives an emptied log, whose successor
   * gives its producer id to another one, and its records would be refused or dropped as
   * duplicates. The writers of plans don't mind: each transaction is checked against its
   * transactional id, and a failed one ends its writer.
   */
  Producer<byte[], byte[]> deadLetterWriter() {
    Map<String, Object> config = writer("dead-letters");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Map<String, Object> reader(String name) {
    Map<String, Object> config = common(name);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A position that the log doesn't have means that it isn't the log that was read: start anew.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis(settings.logTimeout()));
    // One record is answered at once; many together are decided together.
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    return config;
  }

  private Map<String, Object> writer(String name) {
    Map<String, Object> config = common(name);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.logTimeout().toMillis());
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(settings.logTimeout()));
    return config;
  }

  private Map<String, Object> common(String name) {
    Map<String, Object> config = new HashMap<>(settings.clientSettings());
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(
        CommonClientConfigs.CLIENT_ID_CONFIG, GROUP + "-" + settings.instanceId() + "-" + name);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, millis(settings.logTimeout()));
    config.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20L);
    config.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1000L);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50L);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000L);
    // The scheduler's own metrics say what counts; JMX isn't there in a native executable.
    config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    config.put("enable.metrics.push", false);
    return config;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}

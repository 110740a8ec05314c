package dev.berth.api.adapter.kafka;

import dev.berth.api.application.relay.DesiredLog;
import dev.berth.contracts.Partitions;
import dev.berth.log.EventRecords;
import dev.berth.log.LogIdentity;
import dev.berth.log.TopicAdmin;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Kafka by a transactional producer of its own: each batch is one transaction. */
@ApplicationScoped
public class KafkaDesiredLog implements DesiredLog {
  private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;

  private final Map<String, Object> kafka;
  private final Partitions partitions;
  private final short replicationFactor;
  private final String installationId;
  private Admin admin;

  public KafkaDesiredLog(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Partitions partitions,
      @ConfigProperty(name = "berth.kafka.replication-factor", defaultValue = "-1")
          short replicationFactor,
      @ConfigProperty(name = "berth.installation-id") String installationId) {
    this.kafka = Map.copyOf(kafka);
    this.partitions = partitions;
    this.replicationFactor = replicationFactor;
    this.installationId = installationId;
  }

  @Override
  public void ensureTopics() {
    TopicAdmin.ensureTopics(admin(), partitions, replicationFactor, ADMIN_TIMEOUT);
  }

  @Override
  public String identity() {
    return LogIdentity.read(admin(), ADMIN_TIMEOUT);
  }

  @Override
  public Writer open() {
    KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(producerConfig(), new StringSerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
      return new TransactionalWriter(
          producer, new EventRecords(partitions, "/berth/api-service", installationId));
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = newAdmin();
    }
    return admin;
  }

  private Admin newAdmin() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, "berth-api-admin");
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ADMIN_TIMEOUT.toMillis());
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    return Admin.create(config);
  }

  private Map<String, Object> producerConfig() {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "berth-api-outbox");
    // Whoever begins with this id fences the one before: see docs/adr/0005-outbox-relay.md.
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "berth-api-outbox-" + installationId);
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
    return config;
  }

  /** The producer's failures end the writer: the next one begins with a new producer. */
  private record TransactionalWriter(KafkaProducer<String, byte[]> producer, EventRecords records)
      implements Writer {
    @Override
    public void write(List<Entry> entries) {
      producer.beginTransaction();
      for (Entry entry : entries) {
        // The commit fails if any of the sends did.
        Future<RecordMetadata> unused =
            producer.send(
                records.record(
                    entry.topic(),
                    entry.key(),
                    entry.partitionKey(),
                    entry.value(),
                    entry.id(),
                    entry.time()));
      }
      producer.commitTransaction();
    }

    @Override
    public void close() {
      producer.close(Duration.ofSeconds(1));
    }
  }
}

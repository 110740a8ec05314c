package dev.berth.standalone.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.contracts.Topic;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.Ports;
import dev.berth.standalone.kafka.KafkaProcess;
import dev.berth.standalone.process.FreePort;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaAccessTest {
  @TempDir Path folder;

  @Test
  void aNodeOfAnotherMachineWritesItsOwnTopicsAndNoOthers() throws Exception {
    // Given a Kafka that is open to other machines, and a token for one of them
    Ports ports = Ports.DEFAULT.withKafka(FreePort.find()).withKafkaExternal(FreePort.find());
    Installation installation = Installation.create().withPorts(ports).withAdvertise("127.0.0.1");
    KafkaAccess access = new KafkaAccess(installation, folder.resolve("tls"));
    KafkaProcess.Builder broker = KafkaProcess.in(folder.resolve("kafka")).port(ports.kafka());
    access.brokerProperties().forEach(broker::property);
    try (KafkaProcess kafka = broker.start()) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
        admin
            .createTopics(
                Arrays.stream(Topic.values())
                    .map(topic -> new NewTopic(topic.topicName(), 1, (short) 1))
                    .toList())
            .all()
            .get(30, TimeUnit.SECONDS);
      }
      access.grant(kafka.bootstrapServers());
      JoinToken token = JoinToken.decode(access.token().encode());

      // When it writes, then its own topics take it
      assertThatCode(() -> write(token.kafkaSecurity(), token, Topic.TASK_STATUS))
          .doesNotThrowAnyException();

      // And the topics of others refuse it
      assertThatThrownBy(() -> write(token.kafkaSecurity(), token, Topic.TASK_ASSIGNED))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TopicAuthorizationException.class);

      // And nobody comes in with another password
      Map<String, String> wrong = new HashMap<>(token.kafkaSecurity());
      wrong.computeIfPresent(
          "sasl.jaas.config",
          (key, value) -> value.replaceAll("password=\"[^\"]*", "password=\"x"));
      assertThatThrownBy(() -> write(wrong, token, Topic.TASK_STATUS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void rightsFollowTheTableOfWritersAndReaders() {
    assertThat(KafkaAccess.bindings())
        .filteredOn(binding -> binding.entry().operation().name().equals("WRITE"))
        .extracting(binding -> binding.pattern().name())
        .containsExactlyInAnyOrder(
            Topic.TASK_STATUS.topicName(),
            Topic.CONTAINER_INSTANCE_STATUS.topicName(),
            Topic.CONTAINER_INSTANCE_HEARTBEAT.topicName(),
            Topic.deadLetterTopic(Topic.Role.NODE));
  }

  private static void write(Map<String, String> security, JoinToken token, Topic topic)
      throws Exception {
    Map<String, Object> config = new HashMap<>(security);
    config.put("bootstrap.servers", token.kafkaBootstrapServers());
    config.put("max.block.ms", "20000");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(topic.topicName(), "key", "value"))
          .get(30, TimeUnit.SECONDS);
    }
  }
}

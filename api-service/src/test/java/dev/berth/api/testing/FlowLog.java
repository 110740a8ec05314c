package dev.berth.api.testing;

import dev.berth.standalone.kafka.KafkaProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A PostgreSQL and a Kafka of their own, both real; the relay and the consumers use them. */
public final class FlowLog implements QuarkusTestResourceLifecycleManager {
  private EmbeddedPostgres postgres;
  private KafkaProcess kafka;
  private Path folder;

  /** After {@link FlowDatabase}, which is started for every test: this one's settings count. */
  @Override
  public int order() {
    return 10;
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("berth-flow");
      postgres = EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka =
        KafkaProcess.in(folder.resolve("kafka")).property("delete.topic.enable", "true").start();
    Map<String, String> config = new HashMap<>();
    config.put("berth.postgres.url", "postgresql://localhost:" + postgres.getPort() + "/postgres");
    config.put("berth.postgres.username", "postgres");
    config.put("berth.postgres.password", "postgres");
    config.put("berth.kafka.bootstrap-servers", kafka.bootstrapServers());
    config.put("berth.installation-id", "test-installation");
    config.put("berth.node-token", "test-node-token");
    config.put("berth.api.admin-token", "test-admin-token");
    config.put("berth.api.admin-access-key-id", AwsClients.ACCESS_KEY_ID);
    config.put("berth.api.admin-secret-access-key", AwsClients.SECRET_ACCESS_KEY);
    config.put("berth.secrets-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    config.put("berth.relay.identity-check-interval", "1s");
    config.put("berth.relay.enabled", "true");
    for (String channel : FlowDatabase.INCOMING) {
      config.put("mp.messaging.incoming." + channel + ".connector", "smallrye-kafka");
    }
    config.put("mp.messaging.outgoing.dead-letter-out.connector", "smallrye-kafka");
    return config;
  }

  @Override
  public void stop() {
    try {
      if (kafka != null) {
        kafka.close();
      }
      if (postgres != null) {
        postgres.close();
      }
      if (folder != null) {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

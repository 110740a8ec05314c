package dev.berth.api.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A PostgreSQL of its own, and channels in memory instead of Kafka. */
public final class FlowDatabase implements QuarkusTestResourceLifecycleManager {
  static final String[] INCOMING = {
    "task-verdict",
    "task-status",
    "service-status",
    "service-event",
    "container-instance-status",
    "container-instance-heartbeat",
    "target-status",
    "load-balancer-status"
  };

  private EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      postgres = EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> config = new HashMap<>();
    config.putAll(InMemoryConnector.switchIncomingChannelsToInMemory(INCOMING));
    config.putAll(InMemoryConnector.switchOutgoingChannelsToInMemory("dead-letter-out"));
    config.put("berth.postgres.url", "postgresql://localhost:" + postgres.getPort() + "/postgres");
    config.put("berth.postgres.username", "postgres");
    config.put("berth.postgres.password", "postgres");
    config.put("berth.installation-id", "test-installation");
    config.put("berth.node-token", "test-node-token");
    config.put("berth.api.admin-token", "test-admin-token");
    config.put("berth.api.admin-access-key-id", AwsClients.ACCESS_KEY_ID);
    config.put("berth.api.admin-secret-access-key", AwsClients.SECRET_ACCESS_KEY);
    config.put("berth.secrets-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
    config.put("berth.relay.enabled", "false");
    config.put("berth.heartbeat-write-interval", "1s");
    return config;
  }

  @Override
  public void stop() {
    InMemoryConnector.clear();
    if (postgres != null) {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

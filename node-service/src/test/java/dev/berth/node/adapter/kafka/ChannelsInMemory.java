package dev.berth.node.adapter.kafka;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** All channels of the node in memory, and a data directory of its own. */
public class ChannelsInMemory implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(InMemoryConnector.switchIncomingChannelsToInMemory("task-assigned"));
    settings.putAll(
        InMemoryConnector.switchOutgoingChannelsToInMemory(
            "task-status-out",
            "container-instance-status-out",
            "container-instance-heartbeat-out",
            "dead-letter-out"));
    try {
      settings.put("berth.node.data-dir", Files.createTempDirectory("berth-node-test").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  @Override
  public void stop() {
    InMemoryConnector.clear();
  }
}

package dev.berth.node.adapter.kafka;

import dev.berth.node.config.InstallationConfig;
import io.quarkus.test.Mock;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.BiConsumer;

/** A log that is there from the start, for tests with channels in memory. */
@Mock
@Singleton
public class ReadyLog extends LogWatch {
  ReadyLog(
      @Identifier("default-kafka-broker") Map<String, Object> broker,
      InstallationConfig installation) {
    super(broker, installation);
  }

  @Override
  public void start(BiConsumer<String, Boolean> listener) {
    listener.accept("log-in-memory", false);
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public boolean isReachable() {
    return true;
  }
}

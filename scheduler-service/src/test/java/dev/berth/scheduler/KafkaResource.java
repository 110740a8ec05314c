package dev.berth.scheduler;

import dev.berth.standalone.kafka.KafkaProcess;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A real Kafka for the whole service. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {
  private KafkaProcess kafka;

  @Override
  public Map<String, String> start() {
    try {
      kafka = KafkaProcess.startIn(Files.createTempDirectory("berth-scheduler").resolve("kafka"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of("berth.kafka.bootstrap-servers", kafka.bootstrapServers());
  }

  @Override
  public void stop() {
    if (kafka != null) {
      kafka.close();
    }
  }
}

package dev.berth.standalone.suite;

import dev.berth.standalone.kafka.KafkaProcess;
import dev.berth.standalone.process.ChildProcess;
import java.nio.file.Path;
import java.util.List;

/** Kafka as a part of the suite. */
record KafkaComponent(KafkaProcess kafka, List<Integer> ports) implements Component {
  static final String NAME = "kafka";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Path logFile() {
    return kafka.logFile();
  }

  @Override
  public void start() {
    kafka.start();
  }

  @Override
  public boolean isReady() {
    return kafka.isAlive();
  }

  @Override
  public ChildProcess process() {
    return kafka.process();
  }

  @Override
  public void stop() {
    kafka.stop();
  }
}

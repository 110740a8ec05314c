package dev.berth.node.adapter.health;

import dev.berth.node.adapter.kafka.CatchUp;
import dev.berth.node.adapter.kafka.LogWatch;
import dev.berth.node.application.InstanceReporter;
import dev.berth.node.application.Node;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready to take tasks: the engine and Kafka answer, and all assignments were read. */
@Readiness
@Singleton
public class NodeReadiness implements HealthCheck {
  private final Node node;
  private final InstanceReporter instance;
  private final LogWatch log;
  private final CatchUp catchUp;

  NodeReadiness(Node node, InstanceReporter instance, LogWatch log, CatchUp catchUp) {
    this.node = node;
    this.instance = instance;
    this.log = log;
    this.catchUp = catchUp;
  }

  @Override
  public HealthCheckResponse call() {
    boolean adopted = node.isRecovered();
    boolean engine = instance.isEngineConnected();
    boolean kafka = log.isReachable();
    boolean read = kafka && catchUp.isCaughtUp();
    return HealthCheckResponse.named("node")
        .withData("tasks-adopted", adopted)
        .withData("engine-answers", engine)
        .withData("kafka-answers", kafka)
        .withData("assignments-read", read)
        .status(adopted && engine && kafka && read)
        .build();
  }
}

package dev.berth.node.adapter.health;

import dev.berth.node.application.Node;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started: the tasks of earlier processes were adopted. */
@Startup
@Singleton
public class NodeStarted implements HealthCheck {
  private final Node node;

  NodeStarted(Node node) {
    this.node = node;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("tasks-adopted").status(node.isRecovered()).build();
  }
}

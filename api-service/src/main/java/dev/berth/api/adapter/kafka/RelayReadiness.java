package dev.berth.api.adapter.kafka;

import dev.berth.api.application.relay.OutboxGauge;
import dev.berth.api.application.relay.RelayLeases.OutboxDepth;
import dev.berth.api.config.RelayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while what users asked for doesn't reach Kafka. */
@Readiness
@ApplicationScoped
public class RelayReadiness implements HealthCheck {
  private final OutboxGauge gauge;
  private final RelayConfig config;

  public RelayReadiness(OutboxGauge gauge, RelayConfig config) {
    this.gauge = gauge;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    OutboxDepth depth = gauge.depth();
    return HealthCheckResponse.named("Outbox relay")
        .status(!config.enabled() || depth.oldestMillis() <= config.maxLag().toMillis())
        .withData("waiting", depth.rows())
        .withData("oldestMillis", depth.oldestMillis())
        .build();
  }
}

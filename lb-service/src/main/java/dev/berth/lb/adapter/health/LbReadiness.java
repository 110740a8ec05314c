package dev.berth.lb.adapter.health;

import dev.berth.lb.adapter.kafka.LogFollower;
import dev.berth.lb.adapter.proxy.NettyDataPlane;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the configuration was read to its end. It stays ready when the log is away: the
 * balancer goes on serving what it knows. A port that can't be had is named, and doesn't make the
 * others unready.
 */
@Readiness
@ApplicationScoped
public class LbReadiness implements HealthCheck {
  private final LogFollower log;
  private final NettyDataPlane dataPlane;

  LbReadiness(LogFollower log, NettyDataPlane dataPlane) {
    this.log = log;
    this.dataPlane = dataPlane;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("configuration").status(log.hasCaughtUp());
    if (log.trouble() != null) {
      answer.withData("log", log.trouble());
    }
    dataPlane.portFailures().forEach((port, reason) -> answer.withData("listener-" + port, reason));
    return answer.build();
  }
}

package dev.berth.lb.adapter.health;

import dev.berth.lb.LoadBalancerService;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once the data plane's loops run. */
@Startup
@ApplicationScoped
public class LbStarted implements HealthCheck {
  private final LoadBalancerService service;

  LbStarted(LoadBalancerService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("data-plane").status(service.isStarted()).build();
  }
}

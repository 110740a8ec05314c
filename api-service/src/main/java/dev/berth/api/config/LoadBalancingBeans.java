package dev.berth.api.config;

import dev.berth.api.domain.loadbalancer.ForbiddenTargets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** What load balancing gets from the configuration. */
@ApplicationScoped
public class LoadBalancingBeans {
  @Produces
  @Singleton
  ForbiddenTargets forbiddenTargets(LoadBalancingConfig config) {
    return new ForbiddenTargets(
        config.allowLoopbackTargets(),
        config.controlPlaneHosts().orElse(Set.of()),
        config.controlPlanePorts());
  }
}

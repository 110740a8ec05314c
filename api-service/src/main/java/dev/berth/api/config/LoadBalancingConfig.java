package dev.berth.api.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** Where targets by hand may be. lb-service has settings of its own and refuses the same. */
@ConfigMapping(prefix = "berth.load-balancing")
public interface LoadBalancingConfig {
  /** Whether targets by hand may be on the load balancer's own machine. */
  @WithDefault("false")
  boolean allowLoopbackTargets();

  /** Names and addresses of the control plane, which no target by hand may be. */
  Optional<Set<String>> controlPlaneHosts();

  /** Ports that no target by hand may have; where loopback is allowed, none there. */
  @WithDefault("2375,2376,5432,8080,8081,8082,8083,9092,9093")
  Set<Integer> controlPlanePorts();
}

package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A load balancer with its listeners and the target groups they forward to. Written by api-service
 * to {@code berth.load-balancer.desired.v1}; deleted ones become a tombstone.
 */
public record LoadBalancerDesired(
    String loadBalancerName,
    String loadBalancerArn,
    long version,
    String installationId,
    String dnsName,
    List<ListenerDesired> listeners,
    List<TargetGroupDesired> targetGroups,
    Instant createdAt)
    implements Versioned {
  public LoadBalancerDesired {
    listeners = listeners == null ? List.of() : List.copyOf(listeners);
    targetGroups = targetGroups == null ? List.of() : List.copyOf(targetGroups);
  }
}

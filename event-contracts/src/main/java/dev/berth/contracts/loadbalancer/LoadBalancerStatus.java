package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;

/**
 * A load balancer as one lb-service serves it. Written to {@code berth.load-balancer.status.v1},
 * keyed by {@code loadBalancerArn|lbInstanceId}, when anything changes and again every half a
 * minute, with the time in microseconds as its version: see {@link TargetStatus#isOutdated}. When
 * the load balancer is gone a tombstone follows.
 *
 * @param changedAt when the listeners' states changed last
 */
public record LoadBalancerStatus(
    String loadBalancerArn,
    String loadBalancerName,
    String lbInstanceId,
    long version,
    List<ListenerStatus> listeners,
    Instant changedAt)
    implements Versioned {
  public LoadBalancerStatus {
    listeners = listeners == null ? List.of() : List.copyOf(listeners);
  }
}

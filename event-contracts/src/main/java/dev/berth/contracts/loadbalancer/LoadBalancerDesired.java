package dev.berth.contracts.loadbalancer;

import dev.berth.contracts.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A load balancer with its listeners and the target groups they forward to (ELBv2: LoadBalancer).
 * Written by api-service to {@code berth.load-balancer.desired.v1}; deleted ones become a
 * tombstone.
 *
 * @param type {@code application} or {@code network}; absent means application
 * @param scheme {@code internet-facing} or {@code internal}: kept, nothing depends on it
 * @param ipAddressType {@code ipv4}, {@code dualstack} or {@code dualstack-without-public-ipv4}
 * @param securityGroups ids: kept, nothing is filtered by them
 * @param attributes by ELBv2's names (LoadBalancerAttribute), such as {@code
 *     idle_timeout.timeout_seconds}, each with its effective value; an absent one has ELBv2's
 *     default
 * @param certificates every certificate that a listener names, once
 */
public record LoadBalancerDesired(
    String loadBalancerName,
    String loadBalancerArn,
    long version,
    String installationId,
    String dnsName,
    List<ListenerDesired> listeners,
    List<TargetGroupDesired> targetGroups,
    Instant createdAt,
    String type,
    String scheme,
    String ipAddressType,
    String vpcId,
    List<LoadBalancerZone> availabilityZones,
    List<String> securityGroups,
    Map<String, String> attributes,
    List<CertificateDesired> certificates)
    implements Versioned {
  public LoadBalancerDesired {
    listeners = listeners == null ? List.of() : List.copyOf(listeners);
    targetGroups = targetGroups == null ? List.of() : List.copyOf(targetGroups);
    availabilityZones = availabilityZones == null ? List.of() : List.copyOf(availabilityZones);
    securityGroups = securityGroups == null ? List.of() : List.copyOf(securityGroups);
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    certificates = certificates == null ? List.of() : List.copyOf(certificates);
  }
}

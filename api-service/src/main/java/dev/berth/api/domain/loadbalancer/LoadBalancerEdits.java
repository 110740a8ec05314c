package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.CertificateDesired;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerCertificate;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerZone;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A load balancer is kept whole, as its record without target groups and certificates, which have
 * rows of their own. What is made of it by a change.
 */
public final class LoadBalancerEdits {
  private LoadBalancerEdits() {}

  public static LoadBalancerDesired withVersion(LoadBalancerDesired old, long version) {
    return copy(old, version, old.listeners(), old.targetGroups(), old.certificates());
  }

  /** The record as it is published. */
  public static LoadBalancerDesired published(
      LoadBalancerDesired old,
      List<TargetGroupDesired> targetGroups,
      List<CertificateDesired> certificates) {
    return copy(old, old.version(), old.listeners(), targetGroups, certificates);
  }

  public static LoadBalancerDesired withListeners(
      LoadBalancerDesired old, List<ListenerDesired> listeners) {
    return copy(
        old,
        old.version(),
        listeners.stream().sorted(Comparator.comparingInt(ListenerDesired::port)).toList(),
        old.targetGroups(),
        old.certificates());
  }

  /** With one listener in place of the one of the same ARN, or beside the others. */
  public static LoadBalancerDesired withListener(
      LoadBalancerDesired old, ListenerDesired listener) {
    return withListeners(
        old,
        Stream.concat(
                old.listeners().stream()
                    .filter(one -> !one.listenerArn().equals(listener.listenerArn())),
                Stream.of(listener))
            .toList());
  }

  public static LoadBalancerDesired withoutListener(LoadBalancerDesired old, String listenerArn) {
    return withListeners(
        old,
        old.listeners().stream().filter(one -> !one.listenerArn().equals(listenerArn)).toList());
  }

  public static LoadBalancerDesired withAttributes(
      LoadBalancerDesired old, Map<String, String> attributes) {
    return new LoadBalancerDesired(
        old.loadBalancerName(),
        old.loadBalancerArn(),
        old.version(),
        old.installationId(),
        old.dnsName(),
        old.listeners(),
        old.targetGroups(),
        old.createdAt(),
        old.type(),
        old.scheme(),
        old.ipAddressType(),
        old.vpcId(),
        old.availabilityZones(),
        old.securityGroups(),
        attributes,
        old.certificates());
  }

  /** With another place in the network; null keeps what is. */
  public static LoadBalancerDesired withNetwork(
      LoadBalancerDesired old,
      String ipAddressType,
      List<LoadBalancerZone> zones,
      List<String> securityGroups) {
    return new LoadBalancerDesired(
        old.loadBalancerName(),
        old.loadBalancerArn(),
        old.version(),
        old.installationId(),
        old.dnsName(),
        old.listeners(),
        old.targetGroups(),
        old.createdAt(),
        old.type(),
        old.scheme(),
        ipAddressType == null ? old.ipAddressType() : ipAddressType,
        old.vpcId(),
        zones == null ? old.availabilityZones() : zones,
        securityGroups == null ? old.securityGroups() : securityGroups,
        old.attributes(),
        old.certificates());
  }

  private static LoadBalancerDesired copy(
      LoadBalancerDesired old,
      long version,
      List<ListenerDesired> listeners,
      List<TargetGroupDesired> targetGroups,
      List<CertificateDesired> certificates) {
    return new LoadBalancerDesired(
        old.loadBalancerName(),
        old.loadBalancerArn(),
        version,
        old.installationId(),
        old.dnsName(),
        listeners,
        targetGroups,
        old.createdAt(),
        old.type(),
        old.scheme(),
        old.ipAddressType(),
        old.vpcId(),
        old.availabilityZones(),
        old.securityGroups(),
        old.attributes(),
        certificates);
  }

  public static Optional<ListenerDesired> listener(LoadBalancerDesired balancer, String arn) {
    return balancer.listeners().stream()
        .filter(listener -> listener.listenerArn().equals(arn))
        .findFirst();
  }

  /** The ARNs of all target groups that a load balancer forwards to, by default or by a rule. */
  public static Set<String> targetGroups(LoadBalancerDesired balancer) {
    Set<String> arns = new TreeSet<>();
    for (ListenerDesired listener : balancer.listeners()) {
      Stream.concat(
              Stream.of(listener.defaultActions()),
              listener.rules().stream().map(rule -> rule.actions()))
          .flatMap((List<ListenerAction> actions) -> Actions.targets(actions))
          .forEach(arns::add);
    }
    return arns;
  }

  /** The ARNs of all certificates that a load balancer shows. */
  public static Set<String> certificates(LoadBalancerDesired balancer) {
    Set<String> arns = new TreeSet<>();
    balancer.listeners().stream()
        .flatMap(listener -> listener.certificates().stream())
        .map(ListenerCertificate::certificateArn)
        .forEach(arns::add);
    return arns;
  }
}

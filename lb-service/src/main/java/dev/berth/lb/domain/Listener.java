package dev.berth.lb.domain;

import java.util.List;

/**
 * A listener of a load balancer (ELBv2: Listener).
 *
 * @param dnsName the load balancer's own name, which tells it from others on the same port
 * @param rules with the default one
 * @param certificates the default one first
 * @param alpn the application protocols that a TLS listener offers; empty for none
 */
public record Listener(
    int port,
    String listenerArn,
    String loadBalancer,
    String loadBalancerArn,
    String dnsName,
    Protocol protocol,
    List<Rule> rules,
    String sslPolicy,
    List<Certificate> certificates,
    List<String> alpn,
    LoadBalancerSettings balancer,
    ListenerSettings settings) {
  public Listener {
    rules = List.copyOf(rules);
    certificates = List.copyOf(certificates);
    alpn = List.copyOf(alpn);
  }

  /** A plain HTTP listener that forwards everything to one group. */
  public Listener(int port, String listenerArn, String loadBalancer, String targetGroupArn) {
    this(
        port,
        listenerArn,
        loadBalancer,
        loadBalancer,
        loadBalancer,
        Protocol.HTTP,
        List.of(Rule.byDefault(listenerArn, Action.Forward.to(targetGroupArn))),
        null,
        List.of(),
        List.of(),
        LoadBalancerSettings.DEFAULT,
        ListenerSettings.DEFAULT);
  }
}

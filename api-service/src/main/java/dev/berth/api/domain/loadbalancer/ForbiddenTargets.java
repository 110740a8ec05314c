package dev.berth.api.domain.loadbalancer;

import java.util.Set;

/**
 * Where targets by hand can't be, unless the load balancer's owner allows it: on the load
 * balancer's own machine, and Berth itself.
 *
 * @param allowLoopback whether targets may be on the machine itself, and be named by a host name
 * @param hosts of the control plane
 * @param ports of the control plane: lb-service doesn't know on which addresses it is, so that no
 *     target may have them; with {@code allowLoopback} none on the machine itself
 */
public record ForbiddenTargets(boolean allowLoopback, Set<String> hosts, Set<Integer> ports) {
  public ForbiddenTargets {
    hosts = Set.copyOf(hosts);
    ports = Set.copyOf(ports);
  }
}

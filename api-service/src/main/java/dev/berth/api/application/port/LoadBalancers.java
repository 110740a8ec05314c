package dev.berth.api.application.port;

import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Load balancers, each whole with its listeners and rules. */
public interface LoadBalancers {
  Uni<Optional<LoadBalancerDesired>> find(String name);

  Uni<Optional<LoadBalancerDesired>> lock(String name);

  /** By name, those after a name. */
  Uni<List<LoadBalancerDesired>> list(String after, int limit);

  Uni<Void> add(LoadBalancerDesired loadBalancer);

  Uni<Void> update(LoadBalancerDesired loadBalancer);

  Uni<Void> remove(String name);

  /** The names of the load balancers that forward to a target group, in order. */
  Uni<List<String>> forwardingTo(String targetGroup);

  /** The names of the load balancers that show a certificate, in order. */
  Uni<List<String>> showing(String certificateArn);

  /**
   * The listeners on a port, of whichever load balancer. Until the transaction ends nobody else
   * gives ports away.
   */
  Uni<List<ListenerOnPort>> listenersOnPort(int port);

  /** How lb-services serve these load balancers, by ARN; those that nobody told of are left out. */
  Uni<Map<String, List<LoadBalancerStatus>>> statuses(Collection<String> arns);

  /** Who has a port. */
  record ListenerOnPort(String loadBalancer, String listenerArn, String protocol) {}
}

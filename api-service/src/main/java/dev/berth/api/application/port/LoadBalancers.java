package dev.berth.api.application.port;

import dev.berth.api.domain.loadbalancer.Listener;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Load balancers and their listeners. */
public interface LoadBalancers {
  Uni<Optional<LoadBalancer>> find(String name);

  Uni<Optional<LoadBalancer>> lock(String name);

  Uni<List<LoadBalancer>> list(String after, int limit);

  Uni<Void> add(LoadBalancer loadBalancer);

  /** Gives the load balancer another version. */
  Uni<Void> update(LoadBalancer loadBalancer);

  /** Removes a load balancer with its listeners. */
  Uni<Void> remove(String name);

  Uni<List<Listener>> listeners(String loadBalancer);

  Uni<List<Listener>> listenersOfTargetGroup(String targetGroup);

  /** The listener that holds a port, of whichever load balancer. */
  Uni<Optional<Listener>> listenerOnPort(int port);

  Uni<Void> addListener(Listener listener);

  Uni<Void> removeListener(String listenerArn);
}

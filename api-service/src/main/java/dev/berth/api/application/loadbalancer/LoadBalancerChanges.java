package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.loadbalancer.Listener;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Publishes load balancers anew. Their records hold listeners and target groups whole, so that a
 * change of either is a change of the load balancer.
 */
@ApplicationScoped
class LoadBalancerChanges {
  private final LoadBalancers loadBalancers;
  private final Versions versions;
  private final Outbox outbox;

  LoadBalancerChanges(LoadBalancers loadBalancers, Versions versions, Outbox outbox) {
    this.loadBalancers = loadBalancers;
    this.versions = versions;
    this.outbox = outbox;
  }

  /** Gives a load balancer, whose row the caller has locked, another version. */
  Uni<Void> changed(LoadBalancer balancer) {
    return versions
        .next()
        .chain(
            version ->
                loadBalancers.update(
                    new LoadBalancer(
                        balancer.name(),
                        balancer.arn(),
                        version,
                        balancer.installationId(),
                        balancer.dnsName(),
                        balancer.createdAt())))
        .chain(() -> outbox.changed(Topic.LOAD_BALANCER_DESIRED, balancer.name(), balancer.name()));
  }

  /** Publishes every load balancer that forwards to a group anew. */
  Uni<Void> groupChanged(String targetGroup) {
    return loadBalancers
        .listenersOfTargetGroup(targetGroup)
        .chain(
            listeners -> {
              // One order for all, so that two changes never wait for each other in a circle.
              List<String> names =
                  listeners.stream().map(Listener::loadBalancer).distinct().sorted().toList();
              return Multi.createFrom()
                  .iterable(names)
                  .onItem()
                  .transformToUniAndConcatenate(
                      name ->
                          loadBalancers
                              .lock(name)
                              .chain(found -> changed(found.orElseThrow()).replaceWith(name)))
                  .collect()
                  .last()
                  .replaceWithVoid();
            });
  }
}

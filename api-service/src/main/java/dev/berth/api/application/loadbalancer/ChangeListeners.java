package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.service.ServiceTargets;
import dev.berth.api.domain.loadbalancer.Listener;
import dev.berth.api.domain.loadbalancer.ListenerDescription;
import dev.berth.api.domain.loadbalancer.ListenerRequest;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** CreateListener, DescribeListeners, DeleteListener. */
@ApplicationScoped
public class ChangeListeners {
  private final Transactions transactions;
  private final LoadBalancers loadBalancers;
  private final TargetGroups groups;
  private final LoadBalancerChanges changes;
  private final Ids ids;
  private final InstantSource clock;

  public ChangeListeners(
      Transactions transactions,
      LoadBalancers loadBalancers,
      TargetGroups groups,
      LoadBalancerChanges changes,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
    this.groups = groups;
    this.changes = changes;
    this.ids = ids;
    this.clock = clock;
  }

  public Uni<ListenerDescription> create(String loadBalancer, ListenerRequest request) {
    request.check().throwIfAny();
    String group = ServiceTargets.groupName(request.defaultActions().getFirst().targetGroupArn());
    return transactions.inTransaction(
        () ->
            locked(loadBalancer)
                .chain(
                    balancer ->
                        groups
                            .find(group)
                            .map(
                                found ->
                                    found.orElseThrow(
                                        () ->
                                            ProblemException.invalid(
                                                "defaultActions[0].targetGroupArn",
                                                "names no target group: " + group)))
                            .chain(target -> make(balancer, target, request.port()))));
  }

  public Uni<List<ListenerDescription>> list(String loadBalancer) {
    String name = DescribeLoadBalancers.nameOf(loadBalancer);
    return transactions.reading(
        () ->
            loadBalancers
                .find(name)
                .map(found -> found.orElseThrow(() -> DescribeLoadBalancers.missing(loadBalancer)))
                .chain(
                    balancer ->
                        loadBalancers
                            .listeners(name)
                            .chain(
                                listeners ->
                                    Multi.createFrom()
                                        .iterable(listeners)
                                        .onItem()
                                        .transformToUniAndConcatenate(
                                            listener -> described(balancer, listener))
                                        .collect()
                                        .asList())));
  }

  public Uni<Void> delete(String loadBalancer, int port) {
    return transactions.inTransaction(
        () ->
            locked(loadBalancer)
                .chain(
                    balancer ->
                        loadBalancers
                            .listenerOnPort(port)
                            .map(
                                found ->
                                    found
                                        .filter(
                                            listener ->
                                                listener.loadBalancer().equals(balancer.name()))
                                        .orElseThrow(
                                            () ->
                                                ProblemException.notFound(
                                                    "ListenerNotFoundException",
                                                    "The load balancer has no listener on port "
                                                        + port
                                                        + ".")))
                            .call(listener -> loadBalancers.removeListener(listener.arn()))
                            .chain(() -> changes.changed(balancer))));
  }

  private Uni<ListenerDescription> make(LoadBalancer balancer, TargetGroup target, int port) {
    Listener listener =
        new Listener(
            Arns.listener(balancer.arn(), ids.loadBalancingId()),
            balancer.name(),
            "HTTP",
            port,
            target.desired().targetGroupName(),
            clock.instant());
    return loadBalancers
        .listenerOnPort(port)
        .invoke(
            taken ->
                taken.ifPresent(
                    other -> {
                      throw ProblemException.conflict(
                          "DuplicateListenerException",
                          "Port "
                              + port
                              + " already has a listener, of load balancer "
                              + other.loadBalancer()
                              + ".");
                    }))
        .chain(() -> loadBalancers.addListener(listener))
        .chain(() -> changes.changed(balancer))
        .replaceWith(
            ListenerDescription.of(listener, balancer.arn(), target.desired().targetGroupArn()));
  }

  private Uni<ListenerDescription> described(LoadBalancer balancer, Listener listener) {
    return groups
        .find(listener.targetGroup())
        .map(
            group ->
                ListenerDescription.of(
                    listener, balancer.arn(), group.orElseThrow().desired().targetGroupArn()));
  }

  private Uni<LoadBalancer> locked(String nameOrArn) {
    return loadBalancers
        .lock(DescribeLoadBalancers.nameOf(nameOrArn))
        .map(found -> found.orElseThrow(() -> DescribeLoadBalancers.missing(nameOrArn)));
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Changes load balancers and publishes them anew. Their records hold listeners, rules, target
 * groups and certificates whole, so that a change of any is a change of the load balancer.
 */
@ApplicationScoped
public class LoadBalancerChanges {
  private static final String KIND = ":loadbalancer/";

  private final Transactions transactions;
  private final LoadBalancers loadBalancers;
  private final Versions versions;
  private final Outbox outbox;

  LoadBalancerChanges(
      Transactions transactions, LoadBalancers loadBalancers, Versions versions, Outbox outbox) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
    this.versions = versions;
    this.outbox = outbox;
  }

  /**
   * Changes a load balancer under its lock.
   *
   * @param arn its ARN or name, or the ARN of a part of it
   * @param missing what to say if there is none
   * @param change makes of it what it shall be
   */
  Uni<LoadBalancerDesired> change(
      String arn,
      Supplier<RuntimeException> missing,
      Function<LoadBalancerDesired, Uni<LoadBalancerDesired>> change) {
    return transactions.inTransaction(
        () ->
            loadBalancers
                .lock(DescribeLoadBalancers.nameOf(arn))
                .map(found -> found.filter(one -> isOf(one, arn)).orElseThrow(missing))
                .chain(present -> change.apply(present))
                .chain(this::changed));
  }

  /** Whether an ARN is the load balancer's or of a part of it; a name always is. */
  static boolean isOf(LoadBalancerDesired balancer, String arnOrName) {
    if (!arnOrName.startsWith("arn:")) {
      return true;
    }
    String arn = balancer.loadBalancerArn();
    return arnOrName.equals(arn)
        || arnOrName.startsWith(arn.replace(KIND, ":listener/") + "/")
        || arnOrName.startsWith(arn.replace(KIND, ":listener-rule/") + "/");
  }

  /** Stores a load balancer, whose row the caller has locked, with another version. */
  Uni<LoadBalancerDesired> changed(LoadBalancerDesired balancer) {
    String name = balancer.loadBalancerName();
    return versions
        .next()
        .map(version -> LoadBalancerEdits.withVersion(balancer, version))
        .call(loadBalancers::update)
        .call(() -> outbox.changed(Topic.LOAD_BALANCER_DESIRED, name, name));
  }

  /** Publishes every load balancer that forwards to a group anew. */
  Uni<Void> groupChanged(String targetGroup) {
    return loadBalancers.forwardingTo(targetGroup).chain(this::touched);
  }

  /** Publishes every load balancer that shows a certificate anew. */
  public Uni<Void> certificateChanged(String arn) {
    return loadBalancers.showing(arn).chain(this::touched);
  }

  /** The names come in one order for all, so that two changes never wait in a circle. */
  private Uni<Void> touched(List<String> names) {
    return Multi.createFrom()
        .iterable(names)
        .onItem()
        .transformToUniAndConcatenate(
            name -> loadBalancers.lock(name).chain(found -> changed(found.orElseThrow())))
        .collect()
        .last()
        .replaceWithVoid();
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** DeleteLoadBalancer: with its listeners. */
@ApplicationScoped
public class DeleteLoadBalancer {
  private final Transactions transactions;
  private final LoadBalancers loadBalancers;
  private final LoadBalancingTags tags;
  private final Outbox outbox;

  public DeleteLoadBalancer(
      Transactions transactions,
      LoadBalancers loadBalancers,
      LoadBalancingTags tags,
      Outbox outbox) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
    this.tags = tags;
    this.outbox = outbox;
  }

  /**
   * Deletes a load balancer.
   *
   * @throws ProblemException OperationNotPermittedException while its attribute
   *     deletion_protection.enabled is true
   */
  public Uni<Void> delete(String nameOrArn) {
    String name = DescribeLoadBalancers.nameOf(nameOrArn);
    return transactions.inTransaction(
        () ->
            loadBalancers
                .lock(name)
                .map(
                    found ->
                        found
                            .filter(one -> LoadBalancerChanges.isOf(one, nameOrArn))
                            .orElseThrow(() -> DescribeLoadBalancers.missing(nameOrArn)))
                .invoke(DeleteLoadBalancer::unprotected)
                .call(() -> loadBalancers.remove(name))
                .call(
                    balancer ->
                        Multi.createFrom()
                            .iterable(tagged(balancer))
                            .onItem()
                            .transformToUniAndConcatenate(arn -> tags.remove(arn).replaceWith(arn))
                            .collect()
                            .last())
                .chain(() -> outbox.changed(Topic.LOAD_BALANCER_DESIRED, name, name)));
  }

  private static void unprotected(LoadBalancerDesired balancer) {
    if ("true".equals(balancer.attributes().get("deletion_protection.enabled"))) {
      throw ProblemException.conflict(
          "OperationNotPermittedException",
          "Load balancer '"
              + balancer.loadBalancerArn()
              + "' cannot be deleted because deletion protection is enabled");
    }
  }

  private static List<String> tagged(LoadBalancerDesired balancer) {
    List<String> arns = new ArrayList<>(List.of(balancer.loadBalancerArn()));
    for (ListenerDesired listener : balancer.listeners()) {
      arns.addAll(ChangeListeners.tagged(listener));
    }
    return arns;
  }
}

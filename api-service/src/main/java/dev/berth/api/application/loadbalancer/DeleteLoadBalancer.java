package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** DeleteLoadBalancer: with its listeners. */
@ApplicationScoped
public class DeleteLoadBalancer {
  private final Transactions transactions;
  private final LoadBalancers loadBalancers;
  private final Outbox outbox;

  public DeleteLoadBalancer(Transactions transactions, LoadBalancers loadBalancers, Outbox outbox) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
    this.outbox = outbox;
  }

  public Uni<Void> delete(String nameOrArn) {
    String name = DescribeLoadBalancers.nameOf(nameOrArn);
    return transactions.inTransaction(
        () ->
            loadBalancers
                .lock(name)
                .map(found -> found.orElseThrow(() -> DescribeLoadBalancers.missing(nameOrArn)))
                .call(() -> loadBalancers.remove(name))
                .chain(() -> outbox.changed(Topic.LOAD_BALANCER_DESIRED, name, name)));
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** DescribeLoadBalancers. */
@ApplicationScoped
public class DescribeLoadBalancers {
  private final Transactions transactions;
  private final LoadBalancers loadBalancers;

  public DescribeLoadBalancers(Transactions transactions, LoadBalancers loadBalancers) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
  }

  public Uni<LoadBalancerDescription> describe(String nameOrArn) {
    return transactions.reading(
        () ->
            loadBalancers
                .find(nameOf(nameOrArn))
                .map(found -> found.orElseThrow(() -> missing(nameOrArn)))
                .map(LoadBalancerDescription::of));
  }

  public Uni<Page<LoadBalancerDescription>> list(Page.Request request) {
    return transactions.reading(
        () ->
            loadBalancers
                .list(request.after(), request.probe())
                .map(
                    found ->
                        Page.of(found, request, LoadBalancer::name)
                            .map(LoadBalancerDescription::of)));
  }

  static ProblemException missing(String nameOrArn) {
    return ProblemException.notFound(
        "LoadBalancerNotFoundException", "There is no load balancer " + nameOrArn + ".");
  }

  /** The name in a load balancer's ARN, or the text itself. */
  static String nameOf(String nameOrArn) {
    String[] parts = nameOrArn.split("/", -1);
    return nameOrArn.contains(":loadbalancer/app/") && parts.length == 4 ? parts[2] : nameOrArn;
  }
}

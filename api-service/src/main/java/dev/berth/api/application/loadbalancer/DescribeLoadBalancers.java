package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.loadbalancer.LoadBalancerDescription;
import dev.berth.api.domain.loadbalancer.LoadBalancingAttributes;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** DescribeLoadBalancers and DescribeLoadBalancerAttributes. */
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
        () -> found(nameOrArn).chain(balancer -> described(List.of(balancer))).map(List::getFirst));
  }

  /** Those of some names or ARNs; one that isn't there is a problem. */
  public Uni<List<LoadBalancerDescription>> describe(List<String> namesOrArns) {
    return transactions.reading(
        () ->
            Multi.createFrom()
                .iterable(namesOrArns)
                .onItem()
                .transformToUniAndConcatenate(this::found)
                .collect()
                .asList()
                .chain(this::described));
  }

  public Uni<Page<LoadBalancerDescription>> list(Page.Request request) {
    return transactions.reading(
        () ->
            loadBalancers
                .list(request.after(), request.probe())
                .map(found -> Page.of(found, request, LoadBalancerDesired::loadBalancerName))
                .chain(
                    page ->
                        described(page.items()).map(items -> new Page<>(items, page.nextToken()))));
  }

  private Uni<List<LoadBalancerDescription>> described(List<LoadBalancerDesired> balancers) {
    return loadBalancers
        .statuses(balancers.stream().map(LoadBalancerDesired::loadBalancerArn).toList())
        .map(
            statuses ->
                balancers.stream()
                    .map(
                        one ->
                            LoadBalancerDescription.of(
                                one, statuses.getOrDefault(one.loadBalancerArn(), List.of())))
                    .toList());
  }

  /** The effective attributes. */
  public Uni<Map<String, String>> attributes(String nameOrArn) {
    return transactions.reading(() -> found(nameOrArn).map(DescribeLoadBalancers::attributes));
  }

  static Map<String, String> attributes(LoadBalancerDesired balancer) {
    return LoadBalancingAttributes.ofLoadBalancer(balancer.type()).effective(balancer.attributes());
  }

  private Uni<LoadBalancerDesired> found(String nameOrArn) {
    return loadBalancers
        .find(nameOf(nameOrArn))
        .map(
            found ->
                found
                    .filter(one -> LoadBalancerChanges.isOf(one, nameOrArn))
                    .orElseThrow(() -> missing(nameOrArn)));
  }

  static ProblemException missing(String nameOrArn) {
    return ProblemException.notFound(
        "LoadBalancerNotFoundException",
        nameOrArn.startsWith("arn:")
            ? "Load balancer '" + nameOrArn + "' not found"
            : "Load balancers '[" + nameOrArn + "]' not found");
  }

  /** The name in a load balancer's ARN, or the text itself. */
  static String nameOf(String nameOrArn) {
    return Arns.loadBalancerName(nameOrArn);
  }
}

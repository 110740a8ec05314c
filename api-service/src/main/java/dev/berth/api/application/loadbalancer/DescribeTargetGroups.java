package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.service.ServiceTargets;
import dev.berth.api.domain.loadbalancer.LoadBalancer;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.loadbalancer.TargetHealthDescription;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** DescribeTargetGroups and DescribeTargetHealth. */
@ApplicationScoped
public class DescribeTargetGroups {
  private final Transactions transactions;
  private final TargetGroups groups;
  private final LoadBalancers loadBalancers;

  public DescribeTargetGroups(
      Transactions transactions, TargetGroups groups, LoadBalancers loadBalancers) {
    this.transactions = transactions;
    this.groups = groups;
    this.loadBalancers = loadBalancers;
  }

  public Uni<TargetGroupDescription> describe(String nameOrArn) {
    return transactions.reading(() -> found(nameOrArn).chain(this::described));
  }

  public Uni<Page<TargetGroupDescription>> list(Page.Request request) {
    return transactions.reading(
        () ->
            groups
                .list(request.after(), request.probe())
                .chain(
                    found ->
                        Multi.createFrom()
                            .iterable(found)
                            .onItem()
                            .transformToUniAndConcatenate(this::described)
                            .collect()
                            .asList())
                .map(found -> Page.of(found, request, TargetGroupDescription::targetGroupName)));
  }

  public Uni<List<TargetHealthDescription>> health(String nameOrArn) {
    return transactions.reading(
        () ->
            found(nameOrArn)
                .chain(
                    group ->
                        groups
                            .health(group.desired().targetGroupArn())
                            .map(health -> TargetHealthDescription.of(group, health))));
  }

  Uni<TargetGroupDescription> described(TargetGroup group) {
    return loadBalancers
        .listenersOfTargetGroup(group.desired().targetGroupName())
        .chain(
            listeners ->
                Multi.createFrom()
                    .iterable(
                        listeners.stream()
                            .map(listener -> listener.loadBalancer())
                            .distinct()
                            .toList())
                    .onItem()
                    .transformToUniAndConcatenate(loadBalancers::find)
                    .collect()
                    .asList())
        .map(
            balancers ->
                TargetGroupDescription.of(
                    group,
                    balancers.stream()
                        .flatMap(balancer -> balancer.stream())
                        .map(LoadBalancer::arn)
                        .toList()));
  }

  private Uni<TargetGroup> found(String nameOrArn) {
    return groups
        .find(ServiceTargets.groupName(nameOrArn))
        .map(found -> found.orElseThrow(() -> missing(nameOrArn)));
  }

  static ProblemException missing(String nameOrArn) {
    return ProblemException.notFound(
        "TargetGroupNotFoundException", "There is no target group " + nameOrArn + ".");
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.api.domain.loadbalancer.TargetDescription;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.loadbalancer.TargetHealthDescription;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DescribeTargetGroups, DescribeTargetGroupAttributes and DescribeTargetHealth. */
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

  /** Those of some names or ARNs; one that isn't there is a problem. */
  public Uni<List<TargetGroupDescription>> describe(List<String> namesOrArns) {
    return transactions.reading(
        () ->
            Multi.createFrom()
                .iterable(namesOrArns)
                .onItem()
                .transformToUniAndConcatenate(one -> found(one).chain(this::described))
                .collect()
                .asList());
  }

  /** Those that a load balancer forwards to. */
  public Uni<List<TargetGroupDescription>> ofLoadBalancer(String arn) {
    return transactions.reading(
        () ->
            loadBalancers
                .find(DescribeLoadBalancers.nameOf(arn))
                .map(
                    found ->
                        found
                            .filter(one -> LoadBalancerChanges.isOf(one, arn))
                            .orElseThrow(() -> DescribeLoadBalancers.missing(arn)))
                .map(LoadBalancerEdits::targetGroups)
                .chain(used -> describe(List.copyOf(used))));
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

  /** The effective attributes. */
  public Uni<Map<String, String>> attributes(String nameOrArn) {
    return describe(nameOrArn).map(TargetGroupDescription::attributes);
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

  /** The health of some targets; one that isn't registered is told so. */
  public Uni<List<TargetHealthDescription>> health(
      String nameOrArn, List<TargetDescription> asked) {
    return health(nameOrArn)
        .map(
            all -> {
              List<TargetHealthDescription> answer = new ArrayList<>();
              for (TargetDescription one : asked) {
                List<TargetHealthDescription> fitting =
                    all.stream()
                        .filter(
                            known ->
                                one.id().equals(known.target().id())
                                    && (one.port() == null
                                        || one.port().equals(known.target().port())))
                        .toList();
                answer.addAll(
                    fitting.isEmpty()
                        ? List.of(TargetHealthDescription.notRegistered(one))
                        : fitting);
              }
              return answer;
            });
  }

  Uni<TargetGroupDescription> described(TargetGroup group) {
    return loadBalancers
        .forwardingTo(group.desired().targetGroupName())
        .chain(
            names ->
                Multi.createFrom()
                    .iterable(names)
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
                        .map(LoadBalancerDesired::loadBalancerArn)
                        .toList()));
  }

  private Uni<TargetGroup> found(String nameOrArn) {
    return groups
        .find(Arns.targetGroupName(nameOrArn))
        .map(
            found ->
                found
                    .filter(group -> ActionTargets.isNamed(group, nameOrArn))
                    .orElseThrow(() -> missing(nameOrArn)));
  }

  static ProblemException missing(String nameOrArn) {
    return ProblemException.notFound(
        "TargetGroupNotFoundException",
        nameOrArn.startsWith("arn:")
            ? "Target groups '" + nameOrArn + "' not found"
            : "One or more target groups not found: " + nameOrArn);
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.domain.loadbalancer.Action;
import dev.berth.api.domain.loadbalancer.Actions;
import dev.berth.api.domain.loadbalancer.ListenerRules;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the actions of a request into those that are kept: with the ARNs of target groups. */
@ApplicationScoped
class ActionTargets {
  private final TargetGroups groups;
  private final LoadBalancers loadBalancers;

  ActionTargets(TargetGroups groups, LoadBalancers loadBalancers) {
    this.groups = groups;
    this.loadBalancers = loadBalancers;
  }

  /**
   * Checked actions with the target groups they name.
   *
   * @throws dev.berth.api.domain.problem.ProblemException if a group isn't there, doesn't fit the
   *     protocol, or belongs to another load balancer
   */
  Uni<List<ListenerAction>> kept(
      List<Action> actions, String protocol, LoadBalancerDesired balancer) {
    return Multi.createFrom()
        .iterable(Actions.targetGroups(actions))
        .onItem()
        .transformToUniAndConcatenate(
            named ->
                groups
                    .find(Arns.targetGroupName(named))
                    .map(
                        found ->
                            found
                                .filter(group -> isNamed(group, named))
                                .orElseThrow(() -> DescribeTargetGroups.missing(named)))
                    .call(group -> free(group, balancer))
                    .map(group -> Map.entry(named, group)))
        .collect()
        .asList()
        .map(
            found -> {
              Map<String, String> arns = new LinkedHashMap<>();
              found.forEach(
                  one -> arns.put(one.getKey(), one.getValue().desired().targetGroupArn()));
              ListenerRules.fitting(
                  protocol, found.stream().map(one -> one.getValue().desired()).toList());
              return Actions.kept(actions, arns);
            });
  }

  static boolean isNamed(TargetGroup group, String nameOrArn) {
    return !nameOrArn.startsWith("arn:") || group.desired().targetGroupArn().equals(nameOrArn);
  }

  /** As in ELBv2, a target group belongs to one load balancer. */
  private Uni<Void> free(TargetGroup group, LoadBalancerDesired balancer) {
    return loadBalancers
        .forwardingTo(group.desired().targetGroupName())
        .invoke(
            names ->
                names.stream()
                    .filter(name -> !name.equals(balancer.loadBalancerName()))
                    .findFirst()
                    .ifPresent(
                        other -> {
                          throw ProblemException.conflict(
                              "TargetGroupAssociationLimitException",
                              "Target group "
                                  + group.desired().targetGroupName()
                                  + " is already used by load balancer "
                                  + other);
                        }))
        .replaceWithVoid();
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.domain.loadbalancer.Actions;
import dev.berth.api.domain.loadbalancer.Conditions;
import dev.berth.api.domain.loadbalancer.ListenerEdits;
import dev.berth.api.domain.loadbalancer.ListenerRules;
import dev.berth.api.domain.loadbalancer.LoadBalancerEdits;
import dev.berth.api.domain.loadbalancer.RuleDescription;
import dev.berth.api.domain.loadbalancer.RuleRequest;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.RuleCondition;
import dev.berth.contracts.loadbalancer.RuleTransform;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** CreateRule, ModifyRule, DeleteRule, SetRulePriorities. */
@ApplicationScoped
public class ChangeRules {
  private static final int LOWEST = 50_000;

  private final LoadBalancerChanges changes;
  private final ActionTargets targets;
  private final LoadBalancingTags tags;
  private final Ids ids;

  public ChangeRules(
      LoadBalancerChanges changes, ActionTargets targets, LoadBalancingTags tags, Ids ids) {
    this.changes = changes;
    this.targets = targets;
    this.tags = tags;
    this.ids = ids;
  }

  public Uni<RuleDescription> create(String listenerArn, RuleRequest request) {
    Violations found = new Violations();
    if (found.present("priority", request.priority())) {
      found.range("priority", request.priority(), 1, LOWEST);
    }
    List<RuleCondition> conditions = Conditions.kept(request.conditions(), found);
    List<RuleTransform> transforms = Conditions.transforms(request.transforms(), found);
    Actions.check("actions", request.actions(), true, found);
    Tags.check("tags", request.tags(), found);
    found.throwIfAny();
    String arn = Arns.listenerRule(listenerArn, ids.loadBalancingId());
    return changes
        .change(
            listenerArn,
            () -> ChangeListeners.missing(listenerArn),
            balancer -> {
              ListenerDesired listener = ruled(balancer, listenerArn);
              ListenerRules.addable(listener, request.priority());
              return targets
                  .kept(request.actions(), listener.protocol(), balancer)
                  .map(
                      actions ->
                          withRules(
                              balancer,
                              listener,
                              Stream.concat(
                                      listener.rules().stream(),
                                      Stream.of(
                                          new ListenerRule(
                                              arn,
                                              request.priority(),
                                              conditions,
                                              actions,
                                              transforms)))
                                  .toList()))
                  .call(() -> tags.put(arn, request.tags() == null ? List.of() : request.tags()));
            })
        .map(balancer -> DescribeListeners.described(balancer, arn));
  }

  /** Changes what the request names; the default rule changes by its listener. */
  public Uni<RuleDescription> modify(String ruleArn, RuleRequest request) {
    Violations found = new Violations();
    List<RuleCondition> conditions =
        request.conditions() == null ? null : Conditions.kept(request.conditions(), found);
    List<RuleTransform> transforms =
        Boolean.TRUE.equals(request.resetTransforms())
            ? List.of()
            : request.transforms() == null
                ? null
                : Conditions.transforms(request.transforms(), found);
    if (request.actions() != null) {
      Actions.check("actions", request.actions(), true, found);
    }
    found.throwIfAny();
    return change(
            ruleArn,
            balancer -> {
              ListenerDesired listener = ruled(balancer, DescribeListeners.listenerOf(ruleArn));
              ListenerRule old = rule(listener, ruleArn);
              Uni<List<ListenerAction>> actions =
                  request.actions() == null
                      ? Uni.createFrom().item(old.actions())
                      : targets.kept(request.actions(), listener.protocol(), balancer);
              return actions.map(
                  does ->
                      replaced(
                          balancer,
                          listener,
                          new ListenerRule(
                              ruleArn,
                              old.priority(),
                              conditions == null ? old.conditions() : conditions,
                              does,
                              transforms == null ? old.transforms() : transforms)));
            })
        .map(balancer -> DescribeListeners.described(balancer, ruleArn));
  }

  public Uni<Void> delete(String ruleArn) {
    return change(
            ruleArn,
            balancer -> {
              ListenerDesired listener = ruled(balancer, DescribeListeners.listenerOf(ruleArn));
              rule(listener, ruleArn);
              return tags.remove(ruleArn)
                  .replaceWith(
                      withRules(
                          balancer,
                          listener,
                          listener.rules().stream()
                              .filter(rule -> !rule.ruleArn().equals(ruleArn))
                              .toList()));
            })
        .replaceWithVoid();
  }

  /**
   * Sets the priorities of rules of one listener, all at once.
   *
   * @param priorities by the rules' ARNs
   */
  public Uni<List<RuleDescription>> priorities(Map<String, Integer> priorities) {
    Violations found = new Violations();
    found.require(!priorities.isEmpty(), "rulePriorities", "must be at least one");
    priorities.values().forEach(one -> found.range("rulePriorities.priority", one, 1, LOWEST));
    found.require(
        priorities.keySet().stream().map(DescribeListeners::listenerOf).distinct().count() <= 1,
        "rulePriorities",
        "must be of one listener");
    found.throwIfAny();
    String first = priorities.keySet().iterator().next();
    return change(
            first,
            balancer -> {
              ListenerDesired listener = ruled(balancer, DescribeListeners.listenerOf(first));
              priorities.keySet().forEach(arn -> rule(listener, arn));
              Set<Integer> taken = new HashSet<>();
              List<ListenerRule> rules =
                  listener.rules().stream()
                      .map(
                          rule ->
                              new ListenerRule(
                                  rule.ruleArn(),
                                  priorities.getOrDefault(rule.ruleArn(), rule.priority()),
                                  rule.conditions(),
                                  rule.actions(),
                                  rule.transforms()))
                      .toList();
              for (ListenerRule rule : rules) {
                if (!taken.add(rule.priority())) {
                  throw ListenerRules.inUse(rule.priority());
                }
              }
              return Uni.createFrom().item(withRules(balancer, listener, rules));
            })
        .map(
            balancer ->
                priorities.keySet().stream()
                    .map(arn -> DescribeListeners.described(balancer, arn))
                    .toList());
  }

  private Uni<LoadBalancerDesired> change(
      String ruleArn, Function<LoadBalancerDesired, Uni<LoadBalancerDesired>> change) {
    return changes.change(ruleArn, () -> DescribeListeners.missingRule(ruleArn), change);
  }

  private static ListenerDesired ruled(LoadBalancerDesired balancer, String listenerArn) {
    if (!ChangeListeners.isHttp(balancer)) {
      throw ProblemException.conflict(
          "InvalidConfigurationRequestException",
          "Listeners of network load balancers have no rules beside the default one");
    }
    return ChangeListeners.listener(balancer, listenerArn);
  }

  private static ListenerRule rule(ListenerDesired listener, String ruleArn) {
    if (ruleArn.equals(DescribeListeners.defaultRule(listener))) {
      throw ProblemException.conflict(
          "OperationNotPermittedException",
          "Default rule '" + ruleArn + "' cannot be changed; modify the listener's actions");
    }
    return ListenerEdits.rule(listener, ruleArn)
        .orElseThrow(() -> DescribeListeners.missingRule(ruleArn));
  }

  private static LoadBalancerDesired replaced(
      LoadBalancerDesired balancer, ListenerDesired listener, ListenerRule rule) {
    return withRules(
        balancer,
        listener,
        listener.rules().stream()
            .map(one -> one.ruleArn().equals(rule.ruleArn()) ? rule : one)
            .toList());
  }

  private static LoadBalancerDesired withRules(
      LoadBalancerDesired balancer, ListenerDesired listener, List<ListenerRule> rules) {
    return LoadBalancerEdits.withListener(balancer, ListenerEdits.withRules(listener, rules));
  }
}

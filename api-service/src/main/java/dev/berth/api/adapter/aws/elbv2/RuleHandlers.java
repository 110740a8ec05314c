package dev.berth.api.adapter.aws.elbv2;

import static dev.berth.api.adapter.aws.elbv2.LoadBalancerHandlers.required;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.loadbalancer.ChangeRules;
import dev.berth.api.application.loadbalancer.DescribeListeners;
import dev.berth.api.domain.loadbalancer.RuleDescription;
import dev.berth.api.domain.loadbalancer.RuleRequest;
import dev.berth.api.domain.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetRulePrioritiesResponse;

/** Rules of listeners. */
@ApplicationScoped
public class RuleHandlers implements LoadBalancingHandlers {
  private final ChangeRules change;
  private final DescribeListeners describe;
  private final LoadBalancingShapes shapes;

  public RuleHandlers(ChangeRules change, DescribeListeners describe, LoadBalancingShapes shapes) {
    this.change = change;
    this.describe = describe;
    this.shapes = shapes;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        CreateRuleRequest.class, one -> Resources.listener(one.listenerArn()), this::create);
    registry.on(ModifyRuleRequest.class, one -> Resources.rule(one.ruleArn()), this::modify);
    registry.on(DeleteRuleRequest.class, one -> Resources.rule(one.ruleArn()), this::delete);
    registry.on(DescribeRulesRequest.class, this::describe);
    registry.on(
        SetRulePrioritiesRequest.class,
        one ->
            one.rulePriorities().stream()
                .map(RulePriorityPair::ruleArn)
                .filter(named -> named != null)
                .flatMap(named -> Resources.rule(named).stream())
                .toList(),
        this::priorities);
  }

  private Uni<CreateRuleResponse> create(CreateRuleRequest request, Caller caller) {
    return change
        .create(
            required("listenerArn", request.listenerArn()),
            shapes.record(request, RuleRequest.class))
        .map(made -> CreateRuleResponse.builder().rules(shown(made)).build());
  }

  private Uni<ModifyRuleResponse> modify(ModifyRuleRequest request, Caller caller) {
    return change
        .modify(required("ruleArn", request.ruleArn()), shapes.record(request, RuleRequest.class))
        .map(changed -> ModifyRuleResponse.builder().rules(shown(changed)).build());
  }

  private Uni<DeleteRuleResponse> delete(DeleteRuleRequest request, Caller caller) {
    return change
        .delete(required("ruleArn", request.ruleArn()))
        .replaceWith(DeleteRuleResponse.builder().build());
  }

  private Uni<DescribeRulesResponse> describe(DescribeRulesRequest request, Caller caller) {
    if (request.hasRuleArns() && !request.ruleArns().isEmpty()) {
      return describe.describeRules(request.ruleArns()).map(all -> answer(all, null));
    }
    return describe
        .rules(required("listenerArn", request.listenerArn()))
        .map(all -> Pages.of(all, RuleHandlers::order, request.marker(), request.pageSize()))
        .map(page -> answer(page.items(), page.nextToken()));
  }

  /** By priority; the default rule, which has none, comes last. */
  private static String order(RuleDescription rule) {
    return rule.isDefault() ? "default" : "%05d".formatted(Integer.parseInt(rule.priority()));
  }

  private DescribeRulesResponse answer(List<RuleDescription> rules, String marker) {
    return DescribeRulesResponse.builder()
        .rules(rules.stream().map(this::shown).toList())
        .nextMarker(marker)
        .build();
  }

  private Uni<SetRulePrioritiesResponse> priorities(
      SetRulePrioritiesRequest request, Caller caller) {
    Map<String, Integer> asked = new LinkedHashMap<>();
    for (RulePriorityPair pair : request.rulePriorities()) {
      if (pair.priority() == null) {
        throw ProblemException.invalid("rulePriorities.priority", "is required");
      }
      asked.put(required("rulePriorities.ruleArn", pair.ruleArn()), pair.priority());
    }
    return change
        .priorities(asked)
        .map(
            all ->
                SetRulePrioritiesResponse.builder()
                    .rules(all.stream().map(this::shown).toList())
                    .build());
  }

  private Rule shown(RuleDescription rule) {
    return shapes.shape(rule, Rule.builder(), Rule.class);
  }
}

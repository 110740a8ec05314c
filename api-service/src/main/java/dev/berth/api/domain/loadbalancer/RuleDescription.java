package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule as the API shows it (ELBv2: Rule).
 *
 * @param priority as a text; {@code default} for the default one
 */
public record RuleDescription(
    String ruleArn,
    String priority,
    List<Condition> conditions,
    List<Action> actions,
    boolean isDefault,
    List<Transform> transforms) {

  public static RuleDescription of(ListenerRule rule) {
    return new RuleDescription(
        rule.ruleArn(),
        String.valueOf(rule.priority()),
        Conditions.shown(rule.conditions()),
        Actions.shown(rule.actions()),
        false,
        Conditions.shownTransforms(rule.transforms()));
  }

  /** A listener's rules; the last is the default one, which is its default actions. */
  public static List<RuleDescription> of(ListenerDesired listener, String defaultRuleArn) {
    List<RuleDescription> all = new ArrayList<>();
    listener.rules().forEach(rule -> all.add(of(rule)));
    all.add(
        new RuleDescription(
            defaultRuleArn,
            "default",
            List.of(),
            Actions.shown(listener.defaultActions()),
            true,
            List.of()));
    return all;
  }
}

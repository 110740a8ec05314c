package dev.berth.contracts.loadbalancer;

import java.util.List;

/**
 * A rule of a listener (ELBv2: Rule).
 *
 * @param priority 1 to 50000, each once in a listener
 * @param conditions all must hold; each field may stand once, except {@code http-header} and {@code
 *     query-string}
 * @param transforms what is rewritten before the request goes on
 */
public record ListenerRule(
    String ruleArn,
    int priority,
    List<RuleCondition> conditions,
    List<ListenerAction> actions,
    List<RuleTransform> transforms) {
  public ListenerRule {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    actions = actions == null ? List.of() : List.copyOf(actions);
    transforms = transforms == null ? List.of() : List.copyOf(transforms);
  }
}

package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/**
 * A rule to create or change (ELBv2: CreateRule, ModifyRule).
 *
 * @param priority 1 to 50000
 * @param resetTransforms removes what is rewritten (ModifyRule)
 */
public record RuleRequest(
    Integer priority,
    List<Condition> conditions,
    List<Action> actions,
    List<Transform> transforms,
    Boolean resetTransforms,
    List<Tag> tags) {}

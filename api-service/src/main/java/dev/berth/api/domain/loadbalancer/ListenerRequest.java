package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Violations;
import java.util.List;
import java.util.Set;

/**
 * A listener to create (ELBv2: CreateListener): one default action, which forwards to a target
 * group by ARN or name.
 */
public record ListenerRequest(
    String protocol, Integer port, List<ListenerDescription.Action> defaultActions) {

  /** What is wrong with the request. */
  public Violations check() {
    Violations violations = new Violations();
    violations.oneOf("protocol", protocol, Set.of("HTTP"));
    if (violations.present("port", port)) {
      violations.range("port", port, 1, 65535);
    }
    if (defaultActions == null || defaultActions.size() != 1) {
      violations.add("defaultActions", "must be one action");
    } else {
      violations.oneOf(
          "defaultActions[0].type", defaultActions.getFirst().type(), Set.of("forward"));
      violations.present("defaultActions[0].type", defaultActions.getFirst().type());
      violations.present(
          "defaultActions[0].targetGroupArn", defaultActions.getFirst().targetGroupArn());
    }
    return violations;
  }
}

package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Machines;
import dev.berth.api.domain.instance.Machine;
import dev.berth.api.domain.loadbalancer.ForbiddenTargets;
import dev.berth.api.domain.loadbalancer.TargetDescription;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetGroupChanges;
import dev.berth.api.domain.loadbalancer.TargetGroupRules;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.ManualTarget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the addresses of targets by hand: container instances by their ids, and others as given.
 */
@ApplicationScoped
class ManualTargets {
  private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8,17}|[0-9a-f]{32}|arn:.*");

  private final Machines machines;
  private final ForbiddenTargets forbidden;

  ManualTargets(Machines machines, ForbiddenTargets forbidden) {
    this.machines = machines;
    this.forbidden = forbidden;
  }

  /**
   * The targets with their addresses.
   *
   * @throws ProblemException if an address can't be a target, or an instance isn't there
   */
  Uni<List<ManualTarget>> found(TargetGroup group, List<TargetDescription> targets) {
    return machines.all().map(known -> found(group, targets, known));
  }

  private List<ManualTarget> found(
      TargetGroup group, List<TargetDescription> targets, List<Machine> known) {
    Violations violations = new Violations();
    List<ManualTarget> all = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      TargetDescription target = targets.get(i);
      Optional<Machine> machine =
          group.targetType().equals("instance")
              ? known.stream().filter(one -> one.isNamed(target.id())).findFirst()
              : Optional.empty();
      if (machine.isEmpty() && INSTANCE.matcher(target.id()).matches()) {
        throw ProblemException.refused(
            "InvalidTargetException",
            group.targetType().equals("instance")
                ? "The following targets are not registered container instances: '"
                    + target.id()
                    + "'"
                : "The IP address '" + target.id() + "' is not a valid IPv4 address");
      }
      String host = machine.map(Machine::hostAddress).orElse(target.id());
      ManualTarget manual = TargetGroupChanges.manual(group, target, host);
      TargetGroupRules.address("targets[" + i + "]", host, manual.port(), forbidden, violations);
      all.add(manual);
    }
    violations.throwIfAny();
    return all;
  }
}

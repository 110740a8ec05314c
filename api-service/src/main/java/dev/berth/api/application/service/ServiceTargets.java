package dev.berth.api.application.service;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.service.ServiceLoadBalancer;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Turns the target groups that a service names, by name or ARN, into ARNs. */
@ApplicationScoped
public class ServiceTargets {
  private final TargetGroups groups;
  private final LoadBalancers loadBalancers;

  public ServiceTargets(TargetGroups groups, LoadBalancers loadBalancers) {
    this.groups = groups;
    this.loadBalancers = loadBalancers;
  }

  /**
   * The same list with ARNs. A group that doesn't exist or that no listener forwards to is noted:
   * as in ECS, tasks would otherwise wait for a health check that nobody does.
   *
   * @param asked may be null, and then so is the answer
   */
  public Uni<List<ServiceLoadBalancer>> resolved(
      List<ServiceLoadBalancer> asked, Violations violations) {
    if (asked == null) {
      return Uni.createFrom().nullItem();
    }
    List<ServiceLoadBalancer> resolved = new ArrayList<>();
    return Multi.createFrom()
        .range(0, asked.size())
        .onItem()
        .transformToUniAndConcatenate(
            i -> {
              ServiceLoadBalancer one = asked.get(i);
              String at = "loadBalancers[" + i + "].targetGroupArn";
              String name = groupName(one.targetGroupArn());
              return groups
                  .find(name)
                  .chain(
                      group -> {
                        if (group.isEmpty()) {
                          violations.add(at, "names no target group: " + name);
                          return Uni.createFrom().voidItem();
                        }
                        resolved.add(
                            new ServiceLoadBalancer(
                                group.get().desired().targetGroupArn(),
                                null,
                                one.containerName(),
                                one.containerPort()));
                        return loadBalancers
                            .forwardingTo(name)
                            .invoke(
                                balancers ->
                                    violations.require(
                                        !balancers.isEmpty(),
                                        at,
                                        "has no load balancer: make a listener that forwards to "
                                            + name
                                            + " first"))
                            .replaceWithVoid();
                      });
            })
        .collect()
        .last()
        .replaceWith(resolved);
  }

  /** The name in a target group's ARN, or the text itself. */
  public static String groupName(String arnOrName) {
    return Arns.targetGroupName(arnOrName);
  }
}

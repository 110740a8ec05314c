package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.service.ServiceTargets;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.loadbalancer.TargetDescription;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetGroupChanges;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupRequest;
import dev.berth.api.domain.loadbalancer.TargetGroupRules;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * CreateTargetGroup, ModifyTargetGroup, DeleteTargetGroup, RegisterTargets, DeregisterTargets: each
 * is a change of the group, and so of the load balancers that forward to it.
 */
@ApplicationScoped
public class ChangeTargetGroups {
  private final Transactions transactions;
  private final TargetGroups groups;
  private final LoadBalancers loadBalancers;
  private final Services services;
  private final LoadBalancerChanges changes;
  private final DescribeTargetGroups describe;
  private final Ids ids;
  private final Identity identity;
  private final InstantSource clock;

  public ChangeTargetGroups(
      Transactions transactions,
      TargetGroups groups,
      LoadBalancers loadBalancers,
      Services services,
      LoadBalancerChanges changes,
      DescribeTargetGroups describe,
      Ids ids,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.groups = groups;
    this.loadBalancers = loadBalancers;
    this.services = services;
    this.changes = changes;
    this.describe = describe;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
  }

  public Uni<TargetGroupDescription> create(TargetGroupRequest request) {
    Violations violations = TargetGroupRules.check(request);
    TargetGroupRules.name("name", request.name(), violations);
    violations.throwIfAny();
    String arn =
        Arns.targetGroup(
            identity.region(), identity.accountId(), request.name(), ids.loadBalancingId());
    TargetGroup group = TargetGroupChanges.created(request, arn, clock.instant());
    TargetGroupRules.check(group.desired().healthCheck(), violations);
    violations.throwIfAny();
    return transactions.inTransaction(
        () ->
            groups
                .find(request.name())
                .invoke(
                    found -> {
                      if (found.isPresent()) {
                        throw ProblemException.conflict(
                            "DuplicateTargetGroupNameException",
                            "There is already a target group " + request.name() + ".");
                      }
                    })
                .chain(() -> groups.add(group))
                .replaceWith(TargetGroupDescription.of(group, List.of())));
  }

  public Uni<TargetGroupDescription> update(String nameOrArn, TargetGroupRequest request) {
    Violations violations = TargetGroupRules.check(request);
    violations.require(request.name() == null, "name", "can't be changed");
    violations.require(request.port() == null, "port", "can't be changed");
    violations.require(request.targetType() == null, "targetType", "can't be changed");
    violations.throwIfAny();
    return change(
        nameOrArn,
        group -> {
          TargetGroup updated = TargetGroupChanges.updated(group, request);
          TargetGroupRules.check(updated.desired().healthCheck(), violations);
          violations.throwIfAny();
          return updated;
        });
  }

  public Uni<Void> register(String nameOrArn, List<TargetDescription> targets) {
    TargetGroupRules.check(targets).throwIfAny();
    return change(nameOrArn, group -> TargetGroupChanges.registered(group, targets))
        .replaceWithVoid();
  }

  public Uni<Void> deregister(String nameOrArn, List<TargetDescription> targets) {
    TargetGroupRules.check(targets).throwIfAny();
    return change(nameOrArn, group -> TargetGroupChanges.deregistered(group, targets))
        .replaceWithVoid();
  }

  /** Deletes a group that no listener forwards to and no service uses. */
  public Uni<Void> delete(String nameOrArn) {
    String name = ServiceTargets.groupName(nameOrArn);
    return transactions.inTransaction(
        () ->
            groups
                .lock(name)
                .map(found -> found.orElseThrow(() -> DescribeTargetGroups.missing(nameOrArn)))
                .call(
                    () ->
                        loadBalancers
                            .listenersOfTargetGroup(name)
                            .invoke(
                                listeners ->
                                    refuse(
                                        listeners.stream()
                                            .map(
                                                listener ->
                                                    listener.loadBalancer() + ":" + listener.port())
                                            .toList(),
                                        "listeners")))
                .call(
                    group ->
                        services
                            .usingTargetGroup(group.desired().targetGroupArn())
                            .invoke(using -> refuse(using, "services")))
                .chain(() -> groups.remove(name)));
  }

  private Uni<TargetGroupDescription> change(String nameOrArn, UnaryOperator<TargetGroup> change) {
    String name = ServiceTargets.groupName(nameOrArn);
    return transactions.inTransaction(
        () ->
            groups
                .lock(name)
                .map(found -> found.orElseThrow(() -> DescribeTargetGroups.missing(nameOrArn)))
                .map(change)
                .call(groups::update)
                .call(() -> changes.groupChanged(name))
                .chain(describe::described));
  }

  private static void refuse(List<String> users, String what) {
    if (!users.isEmpty()) {
      throw ProblemException.conflict(
          "ResourceInUseException",
          "The target group is in use by " + what + ": " + String.join(", ", users) + ".");
    }
  }
}

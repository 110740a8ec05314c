package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.network.ReadNetwork;
import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.TargetGroups;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.loadbalancer.LoadBalancingLimits;
import dev.berth.api.domain.loadbalancer.TargetDescription;
import dev.berth.api.domain.loadbalancer.TargetGroup;
import dev.berth.api.domain.loadbalancer.TargetGroupChanges;
import dev.berth.api.domain.loadbalancer.TargetGroupDescription;
import dev.berth.api.domain.loadbalancer.TargetGroupRequest;
import dev.berth.api.domain.loadbalancer.TargetGroupRules;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
  private final LoadBalancingTags tags;
  private final Services services;
  private final LoadBalancerChanges changes;
  private final DescribeTargetGroups describe;
  private final ManualTargets manualTargets;
  private final ReadNetwork network;
  private final Ids ids;
  private final Identity identity;
  private final InstantSource clock;

  public ChangeTargetGroups(
      Transactions transactions,
      TargetGroups groups,
      LoadBalancers loadBalancers,
      LoadBalancingTags tags,
      Services services,
      LoadBalancerChanges changes,
      DescribeTargetGroups describe,
      ManualTargets manualTargets,
      ReadNetwork network,
      Ids ids,
      Identity identity,
      InstantSource clock) {
    this.transactions = transactions;
    this.groups = groups;
    this.loadBalancers = loadBalancers;
    this.tags = tags;
    this.services = services;
    this.changes = changes;
    this.describe = describe;
    this.manualTargets = manualTargets;
    this.network = network;
    this.ids = ids;
    this.identity = identity;
    this.clock = clock;
  }

  /** Creates a target group; the same request again gives the same one, as in ELBv2. */
  public Uni<TargetGroupDescription> create(TargetGroupRequest request) {
    Violations violations = TargetGroupRules.check(request);
    TargetGroupRules.name("name", request.name(), violations);
    violations.throwIfAny();
    String arn =
        Arns.targetGroup(
            identity.region(), identity.accountId(), request.name(), ids.loadBalancingId());
    return transactions.inTransaction(
        () ->
            network
                .network()
                .map(
                    known -> {
                      if (request.vpcId() != null
                          && known.vpcs().stream()
                              .noneMatch(vpc -> vpc.id().equals(request.vpcId()))) {
                        violations.add("vpcId", "'" + request.vpcId() + "' does not exist");
                      }
                      return TargetGroupChanges.created(
                          request, arn, known.defaultVpc().id(), clock.instant(), violations);
                    })
                .invoke(made -> TargetGroupRules.check(made.desired(), violations))
                .invoke(violations::throwIfAny)
                .chain(
                    made ->
                        groups
                            .lock(request.name())
                            .chain(
                                present ->
                                    present.isPresent()
                                        ? describe.described(same(present.get(), made))
                                        : add(made, request))));
  }

  private Uni<TargetGroupDescription> add(TargetGroup made, TargetGroupRequest request) {
    return groups
        .add(made)
        .chain(
            () ->
                tags.put(
                    made.desired().targetGroupArn(),
                    request.tags() == null ? List.of() : request.tags()))
        .replaceWith(TargetGroupDescription.of(made, List.of()));
  }

  private static TargetGroup same(TargetGroup present, TargetGroup made) {
    TargetGroupDesired old = present.desired();
    TargetGroupDesired asked = made.desired();
    boolean same =
        old.protocol().equals(asked.protocol())
            && old.port().equals(asked.port())
            && present.targetType().equals(made.targetType())
            && old.healthCheck().equals(asked.healthCheck());
    if (!same) {
      throw ProblemException.conflict(
          "DuplicateTargetGroupNameException",
          "A target group with the same name '"
              + old.targetGroupName()
              + "' exists, but with different settings");
    }
    return present;
  }

  public Uni<TargetGroupDescription> update(String nameOrArn, TargetGroupRequest request) {
    Violations violations = TargetGroupRules.check(request);
    violations.require(request.name() == null, "name", "can't be changed");
    violations.require(request.port() == null, "port", "can't be changed");
    violations.require(request.targetType() == null, "targetType", "can't be changed");
    violations.require(request.protocol() == null, "protocol", "can't be changed");
    violations.require(request.protocolVersion() == null, "protocolVersion", "can't be changed");
    violations.throwIfAny();
    return change(
        nameOrArn,
        group -> {
          TargetGroup updated = TargetGroupChanges.updated(group, request, violations);
          TargetGroupRules.check(updated.desired(), violations);
          violations.throwIfAny();
          return updated;
        });
  }

  /** Sets attributes and gives all of them. */
  public Uni<Map<String, String>> attributes(String nameOrArn, Map<String, String> asked) {
    return change(
            nameOrArn,
            group -> {
              Violations violations = new Violations();
              TargetGroup changed = TargetGroupChanges.attributes(group, asked, violations);
              violations.throwIfAny();
              return changed;
            })
        .map(TargetGroupDescription::attributes);
  }

  public Uni<Void> register(String nameOrArn, List<TargetDescription> targets) {
    TargetGroupRules.check(targets).throwIfAny();
    return changeLater(
            nameOrArn,
            group ->
                manualTargets
                    .found(group, targets)
                    .map(found -> TargetGroupChanges.registered(group, found))
                    .invoke(
                        changed -> {
                          if (changed.desired().targets().size() > LoadBalancingLimits.TARGETS) {
                            throw ProblemException.conflict(
                                "TooManyTargetsException",
                                "A target group has at most "
                                    + LoadBalancingLimits.TARGETS
                                    + " targets by hand");
                          }
                        }))
        .replaceWithVoid();
  }

  public Uni<Void> deregister(String nameOrArn, List<TargetDescription> targets) {
    TargetGroupRules.check(targets).throwIfAny();
    return change(nameOrArn, group -> TargetGroupChanges.deregistered(group, targets))
        .replaceWithVoid();
  }

  /** Deletes a group that no listener forwards to and no service uses. */
  public Uni<Void> delete(String nameOrArn) {
    String name = Arns.targetGroupName(nameOrArn);
    return transactions.inTransaction(
        () ->
            locked(nameOrArn)
                .call(
                    () ->
                        loadBalancers
                            .forwardingTo(name)
                            .invoke(balancers -> refuse(nameOrArn, balancers, "load balancers")))
                .call(
                    group ->
                        services
                            .usingTargetGroup(group.desired().targetGroupArn())
                            .invoke(using -> refuse(nameOrArn, using, "services")))
                .call(group -> tags.remove(group.desired().targetGroupArn()))
                .chain(() -> groups.remove(name)));
  }

  private Uni<TargetGroup> locked(String nameOrArn) {
    return groups
        .lock(Arns.targetGroupName(nameOrArn))
        .map(
            found ->
                found
                    .filter(group -> ActionTargets.isNamed(group, nameOrArn))
                    .orElseThrow(() -> DescribeTargetGroups.missing(nameOrArn)));
  }

  private Uni<TargetGroupDescription> change(String nameOrArn, UnaryOperator<TargetGroup> change) {
    return changeLater(nameOrArn, group -> Uni.createFrom().item(change.apply(group)));
  }

  private Uni<TargetGroupDescription> changeLater(
      String nameOrArn, Function<TargetGroup, Uni<TargetGroup>> change) {
    return transactions.inTransaction(
        () ->
            locked(nameOrArn)
                .chain(present -> change.apply(present))
                .call(groups::update)
                .call(group -> changes.groupChanged(group.desired().targetGroupName()))
                .chain(describe::described));
  }

  private static void refuse(String nameOrArn, List<String> users, String what) {
    if (!users.isEmpty()) {
      throw ProblemException.conflict(
          "ResourceInUseException",
          "Target group '"
              + nameOrArn
              + "' is currently in use by "
              + what
              + ": "
              + String.join(", ", users));
    }
  }
}

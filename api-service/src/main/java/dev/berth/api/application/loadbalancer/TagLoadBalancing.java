package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancingTags;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.loadbalancer.LoadBalancerRules;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.Tag;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** AddTags, RemoveTags, DescribeTags. */
@ApplicationScoped
public class TagLoadBalancing {
  private static final int MOST = 50;

  private final Transactions transactions;
  private final LoadBalancingTags tags;
  private final DescribeLoadBalancers loadBalancers;
  private final DescribeListeners listeners;
  private final DescribeTargetGroups groups;

  public TagLoadBalancing(
      Transactions transactions,
      LoadBalancingTags tags,
      DescribeLoadBalancers loadBalancers,
      DescribeListeners listeners,
      DescribeTargetGroups groups) {
    this.transactions = transactions;
    this.tags = tags;
    this.loadBalancers = loadBalancers;
    this.listeners = listeners;
    this.groups = groups;
  }

  /** The tags of each resource, in the order asked for. */
  public Uni<Map<String, List<Tag>>> describe(List<String> arns) {
    return transactions.reading(
        () ->
            exist(arns)
                .chain(() -> tags.find(arns))
                .map(
                    found -> {
                      Map<String, List<Tag>> all = new LinkedHashMap<>();
                      arns.forEach(arn -> all.put(arn, found.getOrDefault(arn, List.of())));
                      return all;
                    }));
  }

  /** Adds tags to resources; one of a key that is there replaces its value. */
  public Uni<Void> add(List<String> arns, List<Tag> added) {
    LoadBalancerRules.uniqueKeys(added);
    Violations found = new Violations();
    found.require(!added.isEmpty(), "tags", "must be at least one");
    Tags.check("tags", added, found);
    found.throwIfAny();
    return change(
        arns,
        present -> {
          Map<String, Tag> byKey = new LinkedHashMap<>();
          present.forEach(tag -> byKey.put(tag.key(), tag));
          added.forEach(tag -> byKey.put(tag.key(), tag));
          if (byKey.size() > MOST) {
            throw ProblemException.conflict(
                "TooManyTagsException", "A resource has at most " + MOST + " tags");
          }
          return List.copyOf(byKey.values());
        });
  }

  public Uni<Void> remove(List<String> arns, Set<String> keys) {
    return change(
        arns, present -> present.stream().filter(tag -> !keys.contains(tag.key())).toList());
  }

  private Uni<Void> change(List<String> arns, UnaryOperator<List<Tag>> change) {
    return transactions.inTransaction(
        () ->
            exist(arns)
                .chain(() -> tags.find(arns))
                .chain(
                    found ->
                        Multi.createFrom()
                            .iterable(arns)
                            .onItem()
                            .transformToUniAndConcatenate(
                                arn ->
                                    tags.put(arn, change.apply(found.getOrDefault(arn, List.of())))
                                        .replaceWith(arn))
                            .collect()
                            .last()
                            .replaceWithVoid()));
  }

  private Uni<Void> exist(List<String> arns) {
    return Multi.createFrom()
        .iterable(arns)
        .onItem()
        .transformToUniAndConcatenate(
            arn -> {
              if (!arn.startsWith("arn:")) {
                throw notAnArn(arn);
              } else if (arn.contains(":targetgroup/")) {
                return groups.describe(arn).replaceWith(arn);
              } else if (arn.contains(":listener-rule/")) {
                return listeners.describeRules(List.of(arn)).replaceWith(arn);
              } else if (arn.contains(":listener/")) {
                return listeners.describe(List.of(arn)).replaceWith(arn);
              } else if (arn.contains(":loadbalancer/")) {
                return loadBalancers.describe(arn).replaceWith(arn);
              }
              throw notAnArn(arn);
            })
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static ProblemException notAnArn(String text) {
    return ProblemException.invalid(
        "resourceArns", "'" + Violations.shortened(text) + "' is not a valid ARN");
  }
}

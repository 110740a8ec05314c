package dev.berth.api.application.instance;

import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.ContainerInstances;
import dev.berth.api.application.port.Outbox;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.application.port.Versions;
import dev.berth.api.domain.instance.ContainerInstance;
import dev.berth.api.domain.instance.ContainerInstanceDescription;
import dev.berth.api.domain.instance.InstanceChanges;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** PutAttributes, DeleteAttributes and ListAttributes: attributes of many instances at once. */
@ApplicationScoped
public class InstanceAttributes {
  private static final String CONTAINER_INSTANCE = "container-instance";
  private static final int MOST = 10;
  private static final int AT_ONCE = 500;

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final ContainerInstances instances;
  private final Versions versions;
  private final Outbox outbox;

  public InstanceAttributes(
      Transactions transactions,
      ActiveCluster clusters,
      ContainerInstances instances,
      Versions versions,
      Outbox outbox) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.instances = instances;
    this.versions = versions;
    this.outbox = outbox;
  }

  /** Sets attributes; all or none. */
  public Uni<List<Attribute>> put(String cluster, List<Attribute> attributes) {
    checkTargets(attributes);
    InstanceChanges.check(attributes).throwIfAny();
    return changed(
        cluster,
        attributes,
        (instance, one, version) -> {
          ContainerInstance changed = InstanceChanges.attributesPut(instance, one, version);
          if (changed.desired().attributes().size() > MOST) {
            throw ProblemException.conflict(
                "AttributeLimitExceededException",
                "A container instance can have at most 10 attributes of its users.");
          }
          return changed;
        });
  }

  /** Takes attributes away, those of them that are there; one with a value only if it has it. */
  public Uni<List<Attribute>> delete(String cluster, List<Attribute> attributes) {
    checkTargets(attributes);
    return changed(
        cluster,
        attributes,
        (instance, gone, version) -> {
          ContainerInstance changed = instance;
          for (Attribute one : gone) {
            changed = InstanceChanges.attributeDeleted(changed, one.name(), version);
          }
          return changed;
        });
  }

  /**
   * Lists attributes of a cluster's instances, those that nodes tell of themselves included.
   *
   * @param name only those of this name, or null
   * @param value only those with this value, or null
   */
  public Uni<Page<Attribute>> list(
      String cluster, String targetType, String name, String value, Page.Request request) {
    checkTargetType(targetType);
    if (targetType == null) {
      throw ProblemException.invalid("targetType", "is required");
    }
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(found -> all(found.cluster(), "", new ArrayList<>()))
                .map(
                    found ->
                        found.stream()
                            .flatMap(InstanceAttributes::attributes)
                            .filter(one -> name == null || name.equals(one.name()))
                            .filter(one -> value == null || value.equals(one.value()))
                            .filter(one -> key(one).compareTo(request.after()) > 0)
                            .sorted(Comparator.comparing(InstanceAttributes::key))
                            .limit(request.probe())
                            .toList())
                .map(found -> Page.of(found, request, InstanceAttributes::key)));
  }

  private Uni<List<ContainerInstance>> all(
      String cluster, String after, List<ContainerInstance> soFar) {
    return instances
        .list(cluster, null, after, AT_ONCE)
        .chain(
            found -> {
              soFar.addAll(found);
              return found.size() < AT_ONCE
                  ? Uni.createFrom().item(soFar)
                  : all(cluster, found.getLast().desired().containerInstanceId(), soFar);
            });
  }

  private static Stream<Attribute> attributes(ContainerInstance instance) {
    return ContainerInstanceDescription.attributes(instance).stream()
        .map(
            one ->
                new Attribute(
                    one.name(),
                    one.value(),
                    CONTAINER_INSTANCE,
                    instance.desired().containerInstanceId()));
  }

  private static String key(Attribute attribute) {
    return attribute.targetId() + "/" + attribute.name();
  }

  private Uni<List<Attribute>> changed(String cluster, List<Attribute> attributes, Change change) {
    Map<String, List<Attribute>> byInstance = new LinkedHashMap<>();
    attributes.forEach(
        one ->
            byInstance
                .computeIfAbsent(Arns.shortName(one.targetId()), any -> new ArrayList<>())
                .add(one));
    return transactions.inTransaction(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        Multi.createFrom()
                            .iterable(byInstance.entrySet())
                            .onItem()
                            .transformToUniAndConcatenate(
                                entry ->
                                    one(found.cluster(), entry.getKey(), entry.getValue(), change))
                            .collect()
                            .asList())
                .replaceWith(attributes));
  }

  private Uni<Void> one(String cluster, String id, List<Attribute> attributes, Change change) {
    return instances
        .lock(cluster, id)
        .map(
            found ->
                found
                    .filter(one -> one.desired().status() != InstanceStatusName.INACTIVE)
                    .orElseThrow(
                        () ->
                            ProblemException.notFound(
                                "TargetNotFoundException",
                                "The target "
                                    + Violations.shortened(id)
                                    + " was not found in the cluster.")))
        .chain(
            instance -> versions.next().map(version -> change.apply(instance, attributes, version)))
        .chain(instances::update)
        .chain(() -> outbox.changed(Topic.CONTAINER_INSTANCE_DESIRED, id, cluster));
  }

  private static void checkTargets(List<Attribute> attributes) {
    Violations violations = new Violations();
    violations.require(
        !attributes.isEmpty() && attributes.size() <= MOST,
        "attributes",
        "must be 1 to 10 attributes");
    for (int i = 0; i < attributes.size(); i++) {
      String at = "attributes[" + i + "]";
      violations.present(at + ".name", attributes.get(i).name());
      violations.present(at + ".targetId", attributes.get(i).targetId());
      checkTargetType(attributes.get(i).targetType());
    }
    violations.throwIfAny();
  }

  private static void checkTargetType(String type) {
    if (type != null && !CONTAINER_INSTANCE.equals(type)) {
      throw ProblemException.refused(
          "InvalidParameterException", "The target type must be container-instance.");
    }
  }

  @FunctionalInterface
  private interface Change {
    ContainerInstance apply(ContainerInstance instance, List<Attribute> attributes, long version);
  }
}

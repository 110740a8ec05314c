package dev.berth.api.domain.instance;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What users may change of a container instance. */
public final class InstanceChanges {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_./\\\\-]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[a-zA-Z0-9_./@:\\\\ -]{1,128}");

  /** Attributes that users may give an instance. */
  static final int MOST_ATTRIBUTES = 10;

  private InstanceChanges() {}

  /** Another wanted status. */
  public static ContainerInstance status(
      ContainerInstance instance, InstanceStatusName status, boolean force, long version) {
    return instance.with(
        desired(instance, status, force, instance.desired().attributes(), version));
  }

  /** The same wish, to be published anew. */
  public static ContainerInstance announced(ContainerInstance instance, long version) {
    return status(instance, instance.desired().status(), instance.desired().force(), version);
  }

  /** A deregistered instance. */
  public static ContainerInstance deregistered(
      ContainerInstance instance, boolean force, long version, Instant now) {
    ContainerInstance gone = status(instance, InstanceStatusName.INACTIVE, force, version);
    return new ContainerInstance(
        gone.desired(),
        gone.seen(),
        gone.heartbeatAt(),
        gone.heartbeatIntervalMillis(),
        gone.dockerConnected(),
        gone.registeredAt(),
        now,
        gone.tags());
  }

  /** More or other attributes. */
  public static ContainerInstance attributesPut(
      ContainerInstance instance, List<Attribute> put, long version) {
    Map<String, Attribute> merged = byName(instance.desired().attributes());
    put.forEach(
        attribute ->
            merged.put(attribute.name(), Attribute.of(attribute.name(), attribute.value())));
    return withAttributes(instance, merged, version);
  }

  /** One attribute less. */
  public static ContainerInstance attributeDeleted(
      ContainerInstance instance, String name, long version) {
    Map<String, Attribute> merged = byName(instance.desired().attributes());
    merged.remove(name);
    return withAttributes(instance, merged, version);
  }

  /** The wish, with the capacity providers that the instance serves. */
  public static ContainerInstanceDesired serving(
      ContainerInstanceDesired desired, List<String> capacityProviders) {
    return new ContainerInstanceDesired(
        desired.containerInstanceId(),
        desired.cluster(),
        desired.version(),
        desired.installationId(),
        desired.status(),
        desired.force(),
        desired.attributes(),
        capacityProviders);
  }

  /** What is wrong with attributes to put (ECS: PutAttributes). */
  public static Violations check(List<Attribute> attributes) {
    Violations violations = new Violations();
    violations.require(
        attributes != null && !attributes.isEmpty() && attributes.size() <= MOST_ATTRIBUTES,
        "attributes",
        "must be 1 to 10 attributes");
    for (int i = 0; attributes != null && i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      String at = "[" + i + "]";
      if (violations.present(at + ".name", attribute.name())) {
        violations.require(
            NAME.matcher(attribute.name()).matches(),
            at + ".name",
            "must be 1 to 128 letters, digits and any of -_./\\");
        violations.require(
            !attribute.name().startsWith("ecs.") && !attribute.name().startsWith("com.amazonaws."),
            at + ".name",
            "must not start with ecs. or com.amazonaws., which are the node's own");
      }
      violations.require(
          attribute.value() == null || VALUE.matcher(attribute.value()).matches(),
          at + ".value",
          "must be 1 to 128 letters, digits, blanks and any of -_.@:/\\");
    }
    return violations;
  }

  private static ContainerInstance withAttributes(
      ContainerInstance instance, Map<String, Attribute> attributes, long version) {
    return instance.with(
        desired(
            instance,
            instance.desired().status(),
            instance.desired().force(),
            List.copyOf(attributes.values()),
            version));
  }

  private static Map<String, Attribute> byName(List<Attribute> attributes) {
    Map<String, Attribute> byName = new LinkedHashMap<>();
    attributes.forEach(attribute -> byName.put(attribute.name(), attribute));
    return byName;
  }

  private static ContainerInstanceDesired desired(
      ContainerInstance instance,
      InstanceStatusName status,
      boolean force,
      List<Attribute> attributes,
      long version) {
    ContainerInstanceDesired old = instance.desired();
    return new ContainerInstanceDesired(
        old.containerInstanceId(),
        old.cluster(),
        version,
        old.installationId(),
        status,
        force,
        attributes,
        old.capacityProviders());
  }
}

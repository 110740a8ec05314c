package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.query.ClusterQuery;
import dev.berth.contracts.query.QueryBudgetException;
import dev.berth.contracts.query.UnreadableQueryException;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.RuntimePlatform;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.state.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** All that a task requires of an instance, in the order in which instances are ruled out. */
final class Requirements {
  private static final String FARGATE = "FARGATE";
  private static final Shortfall UNACCOUNTED =
      new Shortfall(
          "AGENT",
          "encountered error \"AGENT\"",
          "it hasn't told of all its tasks since Kafka was emptied",
          true);

  private final List<Requirement> inOrder = new ArrayList<>();

  private Instant now = Instant.MIN;

  /**
   * @param freshFor how old the newest heartbeat may be
   */
  Requirements(PlacementRequest request, Duration freshFor) {
    add(instance -> instance.wanted() == InstanceStatusName.ACTIVE, Requirements::inactive);
    add(
        instance -> instance.isConnected(now, freshFor),
        instance -> disconnected(instance, now, freshFor));
    add(instance -> !instance.isUnaccounted(), instance -> UNACCOUNTED);
    addCapacity(request);
    addAttributes(request.definition());
    request.constraints().forEach(constraint -> addConstraint(constraint, request.group()));
    addResources(request.needs());
  }

  private void add(Predicate<InstanceState> met, Function<InstanceState, Shortfall> explain) {
    inOrder.add(new Requirement(met, explain));
  }

  /** From now on heartbeats are judged at this time. */
  void at(Instant time) {
    now = time;
  }

  /** The position of the first requirement that the instance doesn't meet, or -1. */
  int firstLacking(InstanceState instance) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (!inOrder.get(i).metBy().test(instance)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the instance meets all. */
  boolean metBy(InstanceState instance) {
    return firstLacking(instance) < 0;
  }

  /** What an instance lacks of the requirement at a position. */
  Shortfall lacking(int position, InstanceState instance) {
    return inOrder.get(position).explain().apply(instance);
  }

  /** Whether it lacks something, and everything that it lacks may come by waiting. */
  boolean waitingHelps(InstanceState instance) {
    boolean lacks = false;
    for (Requirement requirement : inOrder) {
      if (!requirement.metBy().test(instance)) {
        if (!requirement.explain().apply(instance).temporary()) {
          return false;
        }
        lacks = true;
      }
    }
    return lacks;
  }

  private static Shortfall inactive(InstanceState instance) {
    InstanceStatusName wanted = instance.wanted();
    return new Shortfall(
        "INACTIVE",
        "encountered error \"INACTIVE\"",
        "it is " + (wanted == null ? "not registered yet" : wanted.name()),
        wanted == null);
  }

  private static Shortfall disconnected(InstanceState instance, Instant now, Duration freshFor) {
    String detail;
    if (!instance.isHeard(now, freshFor)) {
      detail = "its node is not heard";
    } else if (instance.status() == null) {
      detail = "its node hasn't told what it offers yet";
    } else {
      detail = "its node has no Docker Engine or is shutting down";
    }
    return new Shortfall("AGENT", "encountered error \"AGENT\"", detail, true);
  }

  private void addCapacity(PlacementRequest request) {
    String provider = request.capacityProvider();
    if (provider != null && !provider.startsWith(FARGATE)) {
      Shortfall other =
          new Shortfall(
              "CAPACITY PROVIDER",
              "is not part of the capacity provider " + provider,
              "it doesn't serve the capacity provider " + provider,
              false);
      add(
          instance ->
              instance.desired() != null
                  && instance.desired().capacityProviders().contains(provider),
          instance -> other);
    } else if (provider != null || FARGATE.equals(request.launchType())) {
      addAttribute(Attribute.of("berth.fargate", "true"));
    }
  }

  private void addAttributes(TaskDefinition definition) {
    definition.requiresAttributes().stream()
        .filter(required -> !Capabilities.isOfEveryNode(required.name()))
        .forEach(this::addAttribute);
    RuntimePlatform platform = definition.runtimePlatform();
    if (platform != null && platform.cpuArchitecture() != null) {
      String architecture = platform.cpuArchitecture().toLowerCase(Locale.ROOT);
      addAttribute(Attribute.of(Capabilities.CPU_ARCHITECTURE, architecture));
    }
    if (platform != null && platform.operatingSystemFamily() != null) {
      boolean windows = platform.operatingSystemFamily().startsWith("WINDOWS");
      addAttribute(Attribute.of(Capabilities.OS_TYPE, windows ? "windows" : "linux"));
    }
  }

  private void addAttribute(Attribute required) {
    boolean anyValue = required.value() == null || required.value().isEmpty();
    Shortfall missing = missing(required);
    add(
        instance -> {
          String offered = instance.attributes().get(required.name());
          return offered != null && (anyValue || required.value().equals(offered));
        },
        instance -> missing);
  }

  private static Shortfall missing(Attribute attribute) {
    String text =
        attribute.value() == null || attribute.value().isEmpty()
            ? attribute.name()
            : attribute.name() + " = " + attribute.value();
    return new Shortfall(
        "ATTRIBUTE",
        "is missing an attribute required by your task",
        "it lacks the attribute " + text,
        false);
  }

  private void addConstraint(PlacementConstraint constraint, String group) {
    if ("distinctInstance".equals(constraint.type())) {
      Shortfall taken =
          new Shortfall(
              "DistinctInstance placement constraint unsatisfied.",
              "encountered error \"DistinctInstance placement constraint unsatisfied.\"",
              "it holds a task of " + group + " already",
              true);
      add(instance -> instance.tasksOf(group) == 0, instance -> taken);
    } else if ("memberOf".equals(constraint.type())) {
      addExpression(constraint.expression());
    } else {
      Shortfall unknown =
          new Shortfall(
              "Unknown placement constraint.",
              "can't be matched against the placement constraint " + constraint.type(),
              "the placement constraint " + constraint.type() + " is not known",
              false);
      add(instance -> false, instance -> unknown);
    }
  }

  private void addExpression(String text) {
    String code = "MemberOf placement constraint unsatisfied.";
    try {
      ClusterQuery query = ClusterQuery.parse(text);
      Shortfall unsatisfied =
          new Shortfall(
              code,
              "encountered error \"" + code + "\"",
              "it doesn't match memberOf " + text,
              false);
      add(instance -> isMember(query, instance), instance -> unsatisfied);
    } catch (UnreadableQueryException e) {
      Shortfall unreadable =
          new Shortfall(
              code,
              "can't be matched: " + e.getMessage(),
              "memberOf can't be read: " + e.getMessage(),
              false);
      add(instance -> false, instance -> unreadable);
    }
  }

  // Whom a pattern is too slow for is no member: a query must not hold up the cluster.
  private static boolean isMember(ClusterQuery query, InstanceState instance) {
    try {
      return query.matches(instance);
    } catch (QueryBudgetException e) {
      return false;
    }
  }

  private void addResources(Resources needs) {
    add(
        instance -> instance.freeCpu() >= needs.cpu(),
        instance ->
            tooLittle(
                "RESOURCE:CPU",
                "has insufficient CPU units available",
                "CPU units",
                needs.cpu(),
                instance.freeCpu(),
                registered(instance).cpu()));
    add(
        instance -> instance.freeMemory() >= needs.memory(),
        instance ->
            tooLittle(
                "RESOURCE:MEMORY",
                "has insufficient memory available",
                "MiB of memory",
                needs.memory(),
                instance.freeMemory(),
                registered(instance).memory()));
    add(
        instance -> needs.gpus() == 0 || instance.freeGpus() >= needs.gpus(),
        instance ->
            tooLittle(
                "RESOURCE:GPU",
                "has insufficient GPU resource available",
                "GPUs",
                needs.gpus(),
                instance.freeGpus(),
                registered(instance).gpus()));
    for (HostPort port : needs.hostPorts()) {
      add(
          instance -> !instance.isTaken(port),
          instance ->
              new Shortfall(
                  "RESOURCE:PORTS",
                  "is already using a port required by your task",
                  "port %d/%s is taken"
                      .formatted(port.port(), port.protocol().name().toLowerCase(Locale.ROOT)),
                  !instance.isReserved(port)));
    }
  }

  private static Shortfall tooLittle(
      String code, String closest, String unit, long needed, long free, long registered) {
    return new Shortfall(
        code,
        closest,
        "%d %s are needed, %d of %d are free".formatted(needed, unit, free, registered),
        registered >= needed);
  }

  private static Resources registered(InstanceState instance) {
    return instance.status() == null || instance.status().registeredResources() == null
        ? new Resources(0, 0, List.of(), 0)
        : instance.status().registeredResources();
  }
}

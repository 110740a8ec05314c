package dev.berth.api.domain.capacity;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.cluster.AutoScalingGroupProvider;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ManagedScaling;
import dev.berth.contracts.taskdef.Attribute;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** ECS's rules for capacity providers and strategies over them. */
public final class CapacityProviders {
  public static final String ACTIVE = "ACTIVE";
  public static final String INACTIVE = "INACTIVE";
  public static final String FARGATE = "FARGATE";
  public static final String FARGATE_SPOT = "FARGATE_SPOT";

  /** The attribute of container instances that names the group of machines they belong to. */
  public static final String GROUP_ATTRIBUTE = "berth.auto-scaling-group";

  /** The attribute ({@code true}) of container instances that are offered for Fargate tasks. */
  public static final String FARGATE_ATTRIBUTE = "berth.fargate";

  private static final String GROUP_NAME = "autoScalingGroupName/";
  private static final int MOST_IN_STRATEGY = 20;
  private static final int LARGEST_WEIGHT = 1000;
  private static final int LARGEST_BASE = 100_000;
  private static final Set<String> ON_OFF = Set.of("ENABLED", "DISABLED");

  private CapacityProviders() {}

  /** FARGATE or FARGATE_SPOT, which exist in every account. */
  public static Optional<StoredCapacityProvider> builtIn(String name, Identity identity) {
    return FARGATE.equals(name) || FARGATE_SPOT.equals(name)
        ? Optional.of(
            new StoredCapacityProvider(
                new CapacityProvider(name, arn(name, identity), name, ACTIVE, null),
                null,
                List.of()))
        : Optional.empty();
  }

  /** The ARN of a capacity provider. */
  public static String arn(String name, Identity identity) {
    return "arn:aws:ecs:"
        + identity.region()
        + ":"
        + identity.accountId()
        + ":capacity-provider/"
        + name;
  }

  /** A new capacity provider of a checked request. */
  public static StoredCapacityProvider created(CapacityProviderRequest request, Identity identity) {
    return new StoredCapacityProvider(
        new CapacityProvider(
            request.name(),
            arn(request.name(), identity),
            "EC2_AUTOSCALING",
            ACTIVE,
            complete(request.autoScalingGroupProvider())),
        "CREATE_COMPLETE",
        request.tags());
  }

  /** The same one with what an update changes; its group of machines stays. */
  public static StoredCapacityProvider updated(
      StoredCapacityProvider old, AutoScalingGroupProvider update) {
    AutoScalingGroupProvider before = old.provider().autoScalingGroupProvider();
    ManagedScaling scaling = before.managedScaling();
    ManagedScaling change = update.managedScaling();
    ManagedScaling scaled =
        change == null
            ? scaling
            : new ManagedScaling(
                or(change.status(), scaling.status()),
                or(change.targetCapacity(), scaling.targetCapacity()),
                or(change.minimumScalingStepSize(), scaling.minimumScalingStepSize()),
                or(change.maximumScalingStepSize(), scaling.maximumScalingStepSize()),
                or(change.instanceWarmupPeriod(), scaling.instanceWarmupPeriod()));
    return new StoredCapacityProvider(
        with(
            old.provider(),
            ACTIVE,
            new AutoScalingGroupProvider(
                before.autoScalingGroupArn(),
                scaled,
                or(update.managedTerminationProtection(), before.managedTerminationProtection()),
                or(update.managedDraining(), before.managedDraining()))),
        "UPDATE_COMPLETE",
        old.tags());
  }

  /** A deleted one, which stays to be described. */
  public static StoredCapacityProvider deleted(StoredCapacityProvider old) {
    return new StoredCapacityProvider(
        with(old.provider(), INACTIVE, old.provider().autoScalingGroupProvider()),
        "DELETE_COMPLETE",
        old.tags());
  }

  /** What is wrong with a capacity provider to create (ECS: CreateCapacityProvider). */
  public static Violations check(CapacityProviderRequest request) {
    Violations violations = new Violations();
    violations.name("name", request.name());
    String name = request.name() == null ? "" : request.name().toLowerCase(Locale.ROOT);
    violations.require(
        !name.startsWith("aws") && !name.startsWith("ecs") && !name.startsWith("fargate"),
        "name",
        "must not start with aws, ecs or fargate");
    Tags.check("tags", request.tags(), violations);
    if (violations.present("autoScalingGroupProvider", request.autoScalingGroupProvider())) {
      String arn = request.autoScalingGroupProvider().autoScalingGroupArn();
      if (violations.present("autoScalingGroupProvider.autoScalingGroupArn", arn)) {
        violations.require(
            groupOf(arn).isPresent(),
            "autoScalingGroupProvider.autoScalingGroupArn",
            "must be a group's name or its ARN, which ends in autoScalingGroupName/<name>");
      }
      check(request.autoScalingGroupProvider(), violations);
    }
    return violations;
  }

  /** Notes what is wrong with how a group is managed. */
  public static void check(AutoScalingGroupProvider group, Violations violations) {
    String at = "autoScalingGroupProvider";
    violations.oneOf(
        at + ".managedTerminationProtection", group.managedTerminationProtection(), ON_OFF);
    violations.oneOf(at + ".managedDraining", group.managedDraining(), ON_OFF);
    ManagedScaling scaling = group.managedScaling();
    if (scaling != null) {
      String member = at + ".managedScaling";
      violations.oneOf(member + ".status", scaling.status(), ON_OFF);
      violations.range(member + ".targetCapacity", scaling.targetCapacity(), 1, 100);
      violations.range(
          member + ".minimumScalingStepSize", scaling.minimumScalingStepSize(), 1, 10_000);
      violations.range(
          member + ".maximumScalingStepSize", scaling.maximumScalingStepSize(), 1, 10_000);
      violations.range(member + ".instanceWarmupPeriod", scaling.instanceWarmupPeriod(), 0, 10_000);
    }
    violations.require(
        !"ENABLED".equals(group.managedTerminationProtection())
            || scaling == null
            || !"DISABLED".equals(scaling.status()),
        at + ".managedTerminationProtection",
        "needs managed scaling");
  }

  /**
   * Refuses a strategy that ECS refuses (ECS: CapacityProviderStrategyItem).
   *
   * @param associated the capacity providers of the cluster
   */
  public static void checkStrategy(
      List<CapacityProviderStrategyItem> strategy, Collection<String> associated) {
    if (strategy == null || strategy.isEmpty()) {
      return;
    }
    if (strategy.size() > MOST_IN_STRATEGY) {
      throw refused("The capacity provider strategy cannot have more than 20 capacity providers.");
    }
    Set<String> names = new HashSet<>();
    int bases = 0;
    boolean fargate = false;
    boolean others = false;
    boolean weighs = false;
    for (CapacityProviderStrategyItem item : strategy) {
      String name = item.capacityProvider();
      if (name == null || name.isBlank()) {
        throw refused("The capacity provider strategy names no capacity provider.");
      }
      if (!associated.contains(name)) {
        throw refused(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
                + " not associated with the cluster. Associate the capacity provider with the"
                + " cluster and try again.");
      }
      if (!names.add(name)) {
        throw refused("The capacity provider strategy names " + name + " twice.");
      }
      int weight = item.weight() == null ? 0 : item.weight();
      int base = item.base() == null ? 0 : item.base();
      if (weight < 0 || weight > LARGEST_WEIGHT) {
        throw refused("The weight of a capacity provider must be 0 to 1000.");
      }
      if (base < 0 || base > LARGEST_BASE) {
        throw refused("The base of a capacity provider must be 0 to 100000.");
      }
      bases += base > 0 ? 1 : 0;
      weighs |= weight > 0;
      fargate |= isFargate(name);
      others |= !isFargate(name);
    }
    if (bases > 1) {
      throw refused("Only one capacity provider of a strategy can have a base.");
    }
    if (strategy.size() > 1 && !weighs) {
      throw refused("At least one capacity provider of a strategy must have a weight above 0.");
    }
    if (fargate && others) {
      throw refused(
          "A capacity provider strategy cannot contain a mix of capacity providers using Auto"
              + " Scaling groups and Fargate capacity providers.");
    }
  }

  /** Whether tasks of this provider are Fargate tasks. */
  public static boolean isFargate(String name) {
    return FARGATE.equals(name) || FARGATE_SPOT.equals(name);
  }

  /** The name of the group that an ARN names, or that is written in its place. */
  public static Optional<String> groupOf(String arnOrName) {
    if (arnOrName == null || arnOrName.isBlank()) {
      return Optional.empty();
    }
    if (!arnOrName.startsWith("arn:")) {
      return Optional.of(arnOrName);
    }
    int name = arnOrName.indexOf(GROUP_NAME);
    return name < 0 || name + GROUP_NAME.length() == arnOrName.length()
        ? Optional.empty()
        : Optional.of(arnOrName.substring(name + GROUP_NAME.length()));
  }

  /**
   * The capacity providers that a container instance serves, in the order of their names.
   *
   * @param attributes all of the instance's attributes
   * @param providers those of groups of machines
   */
  public static List<String> servedBy(
      List<Attribute> attributes, Collection<CapacityProvider> providers) {
    Stream<String> groups =
        providers.stream()
            .filter(provider -> provider.autoScalingGroupProvider() != null)
            .filter(
                provider ->
                    groupOf(provider.autoScalingGroupProvider().autoScalingGroupArn())
                        .filter(group -> has(attributes, GROUP_ATTRIBUTE, group))
                        .isPresent())
            .map(CapacityProvider::name);
    Stream<String> fargate =
        has(attributes, FARGATE_ATTRIBUTE, "true")
            ? Stream.of(FARGATE, FARGATE_SPOT)
            : Stream.empty();
    return Stream.concat(groups, fargate).sorted().toList();
  }

  private static boolean has(List<Attribute> attributes, String name, String value) {
    return attributes.stream()
        .anyMatch(one -> name.equals(one.name()) && value.equals(one.value()));
  }

  /** ECS's defaults for what a request leaves out. */
  private static AutoScalingGroupProvider complete(AutoScalingGroupProvider group) {
    ManagedScaling scaling = group.managedScaling();
    return new AutoScalingGroupProvider(
        group.autoScalingGroupArn(),
        new ManagedScaling(
            scaling == null ? "DISABLED" : or(scaling.status(), "ENABLED"),
            scaling == null ? Integer.valueOf(100) : or(scaling.targetCapacity(), 100),
            scaling == null ? Integer.valueOf(1) : or(scaling.minimumScalingStepSize(), 1),
            scaling == null
                ? Integer.valueOf(10_000)
                : or(scaling.maximumScalingStepSize(), 10_000),
            scaling == null ? Integer.valueOf(300) : or(scaling.instanceWarmupPeriod(), 300)),
        or(group.managedTerminationProtection(), "DISABLED"),
        or(group.managedDraining(), "ENABLED"));
  }

  private static CapacityProvider with(
      CapacityProvider from, String status, AutoScalingGroupProvider group) {
    return new CapacityProvider(
        from.name(), from.capacityProviderArn(), from.type(), status, group);
  }

  private static <T> T or(T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }

  private static ProblemException refused(String message) {
    return ProblemException.refused("InvalidParameterException", message);
  }
}

package dev.berth.api.domain.service;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.PlacementRules;
import dev.berth.api.domain.task.StrategyRules;
import dev.berth.api.domain.taskdefinition.PortRules;
import dev.berth.contracts.service.AvailabilityZoneRebalancing;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentControllerType;
import dev.berth.contracts.service.DeploymentStrategy;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** ECS's rules for services (ECS: Service definition parameters). */
public final class ServiceRules {
  private static final int MOST_TASKS = 5_000;
  private static final Set<String> PROPAGATE = Set.of("TASK_DEFINITION", "SERVICE", "NONE");

  private static final Set<String> THRESHOLDS =
      Set.of("BOUNDED_PERCENT", "UNBOUNDED_PERCENT", "COUNT");
  private static final String ZONE = "attribute:ecs.availability-zone";
  private static final String STUCK =
      "with minimumHealthyPercent 100 and maximumPercent 100 no task could ever be replaced";
  private static final DeploymentConfiguration NOTHING =
      new DeploymentConfiguration(null, null, null, null, null, null);

  private static final String NO_STRATEGY_FOR_DAEMON =
      "Specifying a capacity provider strategy is not supported when you create a service using the"
          + " DAEMON scheduling strategy.";

  private ServiceRules() {}

  /** What is wrong with a request to create a service, without looking at what it names. */
  public static Violations check(ServiceRequest request) {
    Violations violations = new Violations();
    violations.name("serviceName", request.serviceName());
    boolean external = request.controller() == DeploymentControllerType.EXTERNAL;
    supported(request.controller());
    if (!external) {
      violations.present("taskDefinition", request.taskDefinition());
    }
    boolean daemon = request.schedulingStrategy() == SchedulingStrategy.DAEMON;
    if (daemon) {
      violations.require(
          request.desiredCount() == null,
          "desiredCount",
          "is not for DAEMON, which runs one task on each container instance");
      violations.require(
          isEmpty(request.placementStrategy()), "placementStrategy", "is not for DAEMON");
      violations.require(
          !"FARGATE".equals(request.launchType()), "launchType", "FARGATE is not for DAEMON");
      violations.require(!external, "deploymentController", "EXTERNAL is not for DAEMON");
      violations.require(
          request.availabilityZoneRebalancing() != AvailabilityZoneRebalancing.ENABLED,
          "availabilityZoneRebalancing",
          "is not for DAEMON");
      if (request.capacityProviderStrategy() != null
          && !request.capacityProviderStrategy().isEmpty()) {
        throw ProblemException.refused("InvalidParameterException", NO_STRATEGY_FOR_DAEMON);
      }
    } else if (!external) {
      violations.present("desiredCount", request.desiredCount());
    }
    violations.oneOf("launchType", request.launchType(), PlacementRules.LAUNCH_TYPES);
    Tags.check("tags", request.tags(), violations);
    PlacementRules.clientToken(request.clientToken(), violations);
    StrategyRules.check(request.capacityProviderStrategy(), request.launchType(), violations);
    rebalancing(
        request.availabilityZoneRebalancing(),
        request.placementStrategy(),
        request.placementConstraints(),
        violations);
    revision(
        request.serviceRegistries(),
        request.serviceConnectConfiguration(),
        request.volumeConfigurations(),
        violations);
    common(
        violations,
        request.desiredCount(),
        request.deploymentConfiguration(),
        daemon,
        request.healthCheckGracePeriodSeconds(),
        request.placementConstraints(),
        request.placementStrategy(),
        request.loadBalancers(),
        request.propagateTags());
    return violations;
  }

  /** What is wrong with a request to change a service, without looking at what it names. */
  public static Violations check(ServiceUpdate update) {
    Violations violations = new Violations();
    StrategyRules.check(update.capacityProviderStrategy(), null, violations);
    revision(
        update.serviceRegistries(),
        update.serviceConnectConfiguration(),
        update.volumeConfigurations(),
        violations);
    common(
        violations,
        update.desiredCount(),
        update.deploymentConfiguration(),
        true,
        update.healthCheckGracePeriodSeconds(),
        update.placementConstraints(),
        update.placementStrategy(),
        update.loadBalancers(),
        update.propagateTags());
    return violations;
  }

  /** What of a change contradicts the service as it is. */
  public static Violations check(Service service, ServiceUpdate update) {
    Violations violations = new Violations();
    if (service.desired().schedulingStrategy() == SchedulingStrategy.DAEMON) {
      violations.require(
          update.desiredCount() == null,
          "desiredCount",
          "is not for DAEMON, which runs one task on each container instance");
      violations.require(
          isEmpty(update.placementStrategy()), "placementStrategy", "is not for DAEMON");
      violations.require(
          update.capacityProviderStrategy() == null || update.capacityProviderStrategy().isEmpty(),
          "capacityProviderStrategy",
          "is not for DAEMON");
    } else {
      rebalancing(
          update.availabilityZoneRebalancing(),
          update.placementStrategy() == null
              ? service.desired().placementStrategy()
              : update.placementStrategy(),
          update.placementConstraints() == null
              ? service.desired().placementConstraints()
              : update.placementConstraints(),
          violations);
    }
    if (update.deploymentController() != null
        && update.deploymentController().type() != null
        && update.deploymentController().type() != service.desired().deploymentControllerType()) {
      throw ProblemException.refused(
          "UnsupportedFeatureException",
          "Changing the deployment controller of a service is not supported.");
    }
    if (service.isExternal()) {
      external(update);
    }
    DeploymentConfiguration changed =
        update.deploymentConfiguration() == null
            ? null
            : update.deploymentConfiguration().over(service.desired().deploymentConfiguration());
    violations.require(changed == null || replaces(changed), "deploymentConfiguration", STUCK);
    return violations;
  }

  /** Whether tasks are spread over zones before anything else, or in no particular way. */
  static boolean spreadsZonesFirst(List<PlacementStrategy> strategies) {
    return isEmpty(strategies)
        || ("spread".equals(strategies.getFirst().type())
            && ZONE.equals(strategies.getFirst().field()));
  }

  /** Whether a constraint picks zones. */
  static boolean constrainsZones(List<PlacementConstraint> constraints) {
    return constraints != null
        && constraints.stream()
            .anyMatch(one -> one.expression() != null && one.expression().contains(ZONE));
  }

  /** What of a service doesn't fit its task definition. */
  public static void fits(
      TaskDefinition definition,
      List<ServiceLoadBalancer> loadBalancers,
      NetworkConfiguration network,
      List<Map<String, Object>> volumes,
      Violations violations) {
    PlacementRules.network(definition, network, violations);
    PlacementRules.volumes(definition, volumes, violations);
    for (int i = 0; loadBalancers != null && i < loadBalancers.size(); i++) {
      ServiceLoadBalancer balancer = loadBalancers.get(i);
      String at = "loadBalancers[" + i + "]";
      Optional<ContainerDefinition> container =
          definition.containerDefinitions().stream()
              .filter(candidate -> candidate.name().equals(balancer.containerName()))
              .findFirst();
      if (container.isEmpty()) {
        violations.add(
            at + ".containerName",
            "names no container of "
                + definition.family()
                + ":"
                + definition.revision()
                + ": \""
                + Violations.shortened(String.valueOf(balancer.containerName()))
                + "\"");
      } else {
        violations.require(
            definition.networkModeOrDefault() == NetworkMode.AWSVPC
                || container.get().portMappings().stream()
                    .anyMatch(mapping -> PortRules.maps(mapping, balancer.containerPort())),
            at + ".containerPort",
            "is not among the port mappings of container \""
                + Violations.shortened(balancer.containerName())
                + "\"");
      }
    }
  }

  private static void common(
      Violations violations,
      Integer desiredCount,
      DeploymentOptions deployment,
      boolean mayBeStuck,
      Integer gracePeriod,
      List<PlacementConstraint> constraints,
      List<PlacementStrategy> strategy,
      List<ServiceLoadBalancer> loadBalancers,
      String propagateTags) {
    violations.range("desiredCount", desiredCount, 0, MOST_TASKS);
    violations.range("healthCheckGracePeriodSeconds", gracePeriod, 0, Integer.MAX_VALUE);
    violations.oneOf("propagateTags", propagateTags, PROPAGATE);
    PlacementRules.check(constraints, strategy, violations);
    if (deployment != null) {
      deployment(deployment, mayBeStuck, violations);
    }
    violations.atMost("loadBalancers", loadBalancers, 5);
    for (int i = 0; loadBalancers != null && i < loadBalancers.size(); i++) {
      String at = "loadBalancers[" + i + "]";
      ServiceLoadBalancer balancer = loadBalancers.get(i);
      violations.present(at + ".targetGroupArn", balancer.targetGroupArn());
      violations.present(at + ".containerName", balancer.containerName());
      if (violations.present(at + ".containerPort", balancer.containerPort())) {
        violations.range(at + ".containerPort", balancer.containerPort(), 1, 65535);
      }
    }
  }

  private static void deployment(
      DeploymentOptions deployment, boolean mayBeStuck, Violations violations) {
    String at = "deploymentConfiguration";
    if (deployment.strategy() != null && deployment.strategy() != DeploymentStrategy.ROLLING) {
      throw ProblemException.refused(
          "UnsupportedFeatureException",
          "The deployment strategy "
              + deployment.strategy()
              + " is not supported yet: use ROLLING.");
    }
    violations.range(at + ".minimumHealthyPercent", deployment.minimumHealthyPercent(), 0, 100);
    violations.range(at + ".maximumPercent", deployment.maximumPercent(), 100, 1000);
    violations.range(at + ".bakeTimeInMinutes", deployment.bakeTimeInMinutes(), 0, 1440);
    violations.require(
        deployment.linearConfiguration() == null && deployment.canaryConfiguration() == null,
        at,
        "linearConfiguration and canaryConfiguration are not for ROLLING");
    violations.require(mayBeStuck || replaces(deployment.over(NOTHING)), at, STUCK);
    DeploymentCircuitBreaker breaker = deployment.deploymentCircuitBreaker();
    if (breaker != null && breaker.thresholdConfiguration() != null) {
      String threshold = at + ".deploymentCircuitBreaker.thresholdConfiguration";
      violations.oneOf(threshold + ".type", breaker.thresholdConfiguration().type(), THRESHOLDS);
      violations.atLeast(threshold + ".value", breaker.thresholdConfiguration().value(), 1);
    }
  }

  private static boolean replaces(DeploymentConfiguration deployment) {
    return deployment.maximumPercentOrDefault() > 100
        || deployment.minimumHealthyPercentOrDefault() < 100;
  }

  private static void supported(DeploymentControllerType controller) {
    if (controller == DeploymentControllerType.CODE_DEPLOY) {
      throw ProblemException.refused(
          "UnsupportedFeatureException",
          "The deployment controller CODE_DEPLOY is not supported: use ECS or EXTERNAL.");
    }
  }

  private static void external(ServiceUpdate update) {
    boolean others =
        update.taskDefinition() != null
            || update.networkConfiguration() != null
            || update.loadBalancers() != null
            || update.capacityProviderStrategy() != null
            || update.platformVersion() != null
            || Boolean.TRUE.equals(update.forceNewDeployment());
    if (others) {
      throw ProblemException.refused(
          "InvalidParameterException",
          "Only the desired count, the health check grace period, placement and tags can be updated"
              + " for a service with the EXTERNAL deployment controller: its task sets hold the"
              + " rest.");
    }
  }

  private static void rebalancing(
      AvailabilityZoneRebalancing wanted,
      List<PlacementStrategy> strategies,
      List<PlacementConstraint> constraints,
      Violations violations) {
    if (wanted == AvailabilityZoneRebalancing.ENABLED) {
      violations.require(
          spreadsZonesFirst(strategies),
          "availabilityZoneRebalancing",
          "needs spread over " + ZONE + " as the first placement strategy, or none");
      violations.require(
          !constrainsZones(constraints),
          "availabilityZoneRebalancing",
          "can't stand beside a placement constraint on " + ZONE);
    }
  }

  private static void revision(
      List<Map<String, Object>> registries,
      Map<String, Object> connect,
      List<Map<String, Object>> volumes,
      Violations violations) {
    violations.atMost("serviceRegistries", registries, 1);
    violations.atMost("volumeConfigurations", volumes, 1);
    violations.require(
        connect == null || connect.containsKey("enabled"),
        "serviceConnectConfiguration.enabled",
        "is required");
  }

  private static boolean isEmpty(List<?> list) {
    return list == null || list.isEmpty();
  }
}

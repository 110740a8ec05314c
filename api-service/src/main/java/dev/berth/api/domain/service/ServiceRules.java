package dev.berth.api.domain.service;

import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.api.domain.task.PlacementRules;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.PortMapping;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ECS's rules for services (ECS: Service definition parameters). */
public final class ServiceRules {
  private static final int MOST_TASKS = 5_000;
  private static final Set<String> PROPAGATE = Set.of("TASK_DEFINITION", "SERVICE", "NONE");

  private ServiceRules() {}

  /** What is wrong with a request to create a service, without looking at what it names. */
  public static Violations check(ServiceRequest request) {
    Violations violations = new Violations();
    violations.name("serviceName", request.serviceName());
    violations.present("taskDefinition", request.taskDefinition());
    boolean daemon = request.schedulingStrategy() == SchedulingStrategy.DAEMON;
    if (daemon) {
      violations.require(
          request.desiredCount() == null,
          "desiredCount",
          "is not for DAEMON, which runs one task on each container instance");
      violations.require(
          request.placementStrategy() == null, "placementStrategy", "is not for DAEMON");
    } else {
      violations.present("desiredCount", request.desiredCount());
    }
    violations.oneOf("launchType", request.launchType(), PlacementRules.LAUNCH_TYPES);
    Tags.check("tags", request.tags(), violations);
    PlacementRules.clientToken(request.clientToken(), violations);
    common(
        violations,
        request.desiredCount(),
        request.deploymentConfiguration(),
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
    common(
        violations,
        update.desiredCount(),
        update.deploymentConfiguration(),
        update.healthCheckGracePeriodSeconds(),
        update.placementConstraints(),
        update.placementStrategy(),
        update.loadBalancers(),
        update.propagateTags());
    return violations;
  }

  /** What of a service doesn't fit its task definition. */
  public static void fits(
      TaskDefinition definition,
      List<ServiceLoadBalancer> loadBalancers,
      NetworkConfiguration network,
      Violations violations) {
    PlacementRules.network(definition, network, violations);
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
                    .map(PortMapping::containerPort)
                    .anyMatch(port -> port.equals(balancer.containerPort())),
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
      DeploymentConfiguration deployment,
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
      violations.range(
          "deploymentConfiguration.minimumHealthyPercent",
          deployment.minimumHealthyPercent(),
          0,
          100);
      violations.range(
          "deploymentConfiguration.maximumPercent", deployment.maximumPercent(), 100, 1000);
      violations.require(
          deployment.maximumPercentOrDefault() > 100
              || deployment.minimumHealthyPercentOrDefault() < 100,
          "deploymentConfiguration",
          "with minimumHealthyPercent 100 and maximumPercent 100 no task could ever be replaced");
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
}

package dev.berth.api.domain.task;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.query.ClusterQuery;
import dev.berth.contracts.query.UnreadableQueryException;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules that services and one-off tasks share: where tasks go, and their network. */
public final class PlacementRules {
  /** All run on container instances; FARGATE is taken so that ECS's files work as they are. */
  public static final Set<String> LAUNCH_TYPES = Set.of("EC2", "FARGATE", "EXTERNAL");

  private static final Set<String> CONSTRAINTS = Set.of("distinctInstance", "memberOf");
  private static final Set<String> STRATEGIES = Set.of("random", "spread", "binpack");
  private static final Set<String> BINPACK_FIELDS = Set.of("cpu", "memory", "CPU", "MEMORY");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,64}");

  private PlacementRules() {}

  /** Checks constraints and strategies, either of which may be null. */
  public static void check(
      List<PlacementConstraint> constraints,
      List<PlacementStrategy> strategies,
      Violations violations) {
    violations.atMost("placementConstraints", constraints, 10);
    for (int i = 0; constraints != null && i < constraints.size(); i++) {
      PlacementConstraint constraint = constraints.get(i);
      String at = "placementConstraints[" + i + "]";
      if (violations.present(at + ".type", constraint.type())) {
        violations.oneOf(at + ".type", constraint.type(), CONSTRAINTS);
      }
      if ("memberOf".equals(constraint.type())
          && violations.present(at + ".expression", constraint.expression())) {
        violations.require(
            constraint.expression().length() <= 2000,
            at + ".expression",
            "must have at most 2000 characters");
        query(at + ".expression", constraint.expression(), violations);
      }
      violations.require(
          !"distinctInstance".equals(constraint.type()) || constraint.expression() == null,
          at + ".expression",
          "is not for distinctInstance");
    }
    violations.atMost("placementStrategy", strategies, 5);
    for (int i = 0; strategies != null && i < strategies.size(); i++) {
      PlacementStrategy strategy = strategies.get(i);
      String at = "placementStrategy[" + i + "]";
      if (violations.present(at + ".type", strategy.type())) {
        violations.oneOf(at + ".type", strategy.type(), STRATEGIES);
      }
      if ("binpack".equals(strategy.type())
          && violations.present(at + ".field", strategy.field())) {
        violations.oneOf(at + ".field", strategy.field(), BINPACK_FIELDS);
      }
      if ("spread".equals(strategy.type())) {
        violations.present(at + ".field", strategy.field());
      }
    }
  }

  /** Checks that a network configuration is there exactly when the network mode wants one. */
  public static void network(
      TaskDefinition definition, NetworkConfiguration network, Violations violations) {
    // Subnets mean nothing on machines of one's own, so that awsvpc does without them.
    violations.require(
        network == null
            || network.awsvpcConfiguration() == null
            || definition.networkModeOrDefault() == NetworkMode.AWSVPC,
        "networkConfiguration",
        "is only for task definitions with network mode awsvpc");
  }

  private static void query(String field, String expression, Violations violations) {
    try {
      ClusterQuery.parse(expression);
    } catch (UnreadableQueryException e) {
      violations.add(field, "isn't of the cluster query language: " + e.getMessage());
    }
  }

  /** Checks an idempotency token, which may be null. */
  public static void clientToken(String token, Violations violations) {
    violations.require(
        token == null || TOKEN.matcher(token).matches(),
        "clientToken",
        "must be 1 to 64 printable characters without blanks");
  }

  /** ECS configures one volume at launch, which the definition has to announce. */
  public static void volumes(
      TaskDefinition definition, List<Map<String, Object>> configurations, Violations violations) {
    violations.atMost("volumeConfigurations", configurations, 1);
    for (int i = 0; configurations != null && i < configurations.size(); i++) {
      Object name = configurations.get(i).get("name");
      boolean known =
          definition.volumes().stream()
              .anyMatch(
                  volume ->
                      volume.name().equals(name)
                          && Boolean.TRUE.equals(volume.configuredAtLaunch()));
      violations.require(
          known,
          "volumeConfigurations[" + i + "].name",
          "names no volume of the task definition that is configured at launch");
    }
  }
}

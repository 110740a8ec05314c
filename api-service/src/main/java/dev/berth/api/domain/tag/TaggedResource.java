package dev.berth.api.domain.tag;

import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import java.util.List;

/**
 * What an ARN of Amazon ECS names.
 *
 * @param cluster the cluster's name, or null for what belongs to no cluster
 * @param name the resource's name or id; of a task set its service's name
 * @param id a task set's id, such as {@code ecs-svc/1234567890123456789}; else null
 */
public record TaggedResource(Kind kind, String cluster, String name, String id) {
  /** What can have tags. */
  public enum Kind {
    CLUSTER,
    SERVICE,
    TASK,
    TASK_DEFINITION,
    CONTAINER_INSTANCE,
    CAPACITY_PROVIDER,
    TASK_SET
  }

  private static final int PARTS = 6;

  /**
   * Reads an ARN in the long format.
   *
   * @throws ProblemException InvalidParameterException if it isn't one of this installation
   */
  public static TaggedResource of(String arn, Identity identity) {
    if (arn == null || arn.isBlank()) {
      throw ProblemException.invalid("resourceArn", "is required");
    }
    String[] parts = arn.split(":", PARTS);
    if (parts.length < PARTS
        || !"arn".equals(parts[0])
        || !"ecs".equals(parts[2])
        || !identity.region().equals(parts[3])
        || !identity.accountId().equals(parts[4])) {
      throw refused("Invalid ARN: " + Violations.shortened(arn) + " names no resource here.");
    }
    List<String> path = List.of(parts[5].split("/", -1));
    if (path.stream().anyMatch(String::isEmpty) || path.size() < 2) {
      throw refused("Invalid ARN: " + Violations.shortened(arn));
    }
    return switch (path.getFirst() + path.size()) {
      case "cluster2" -> new TaggedResource(Kind.CLUSTER, null, path.get(1), null);
      case "task-definition2" -> new TaggedResource(Kind.TASK_DEFINITION, null, path.get(1), null);
      case "capacity-provider2" ->
          new TaggedResource(Kind.CAPACITY_PROVIDER, null, path.get(1), null);
      case "service3" -> new TaggedResource(Kind.SERVICE, path.get(1), path.get(2), null);
      case "task3" -> new TaggedResource(Kind.TASK, path.get(1), path.get(2), null);
      case "container-instance3" ->
          new TaggedResource(Kind.CONTAINER_INSTANCE, path.get(1), path.get(2), null);
      case "task-set5" ->
          new TaggedResource(
              Kind.TASK_SET, path.get(1), path.get(2), path.get(3) + "/" + path.get(4));
      case "service2", "task2", "container-instance2" ->
          throw refused("Long arn format must be used for tagging operations");
      default -> throw refused("Invalid ARN: " + Violations.shortened(arn));
    };
  }

  private static ProblemException refused(String message) {
    return ProblemException.refused("InvalidParameterException", message);
  }
}

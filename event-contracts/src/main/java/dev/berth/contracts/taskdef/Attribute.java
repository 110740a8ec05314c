package dev.berth.contracts.taskdef;

/**
 * An attribute of a container instance, or one that a task requires (ECS: Attribute). {@code value}
 * may be absent; {@code targetType} and {@code targetId} are only used in requests.
 */
public record Attribute(String name, String value, String targetType, String targetId) {
  public static Attribute of(String name) {
    return new Attribute(name, null, null, null);
  }

  public static Attribute of(String name, String value) {
    return new Attribute(name, value, null, null);
  }
}

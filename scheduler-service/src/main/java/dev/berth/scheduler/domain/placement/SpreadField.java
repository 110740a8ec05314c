package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.scheduler.domain.state.InstanceState;
import java.util.List;

/** What tasks are spread over (ECS: PlacementStrategy, {@code field} of spread). */
public final class SpreadField {
  /** Where nobody says: over zones, and over instances within each (ECS: service scheduler). */
  public static final List<PlacementStrategy> DEFAULT =
      List.of(
          new PlacementStrategy("spread", "attribute:ecs.availability-zone"),
          new PlacementStrategy("spread", "instanceId"));

  private static final String ATTRIBUTE = "attribute:";

  private SpreadField() {}

  static boolean isSpread(PlacementStrategy strategy) {
    return "spread".equalsIgnoreCase(strategy.type());
  }

  /** Whether tasks are spread over instances: {@code instanceId} or {@code host}. */
  static boolean isInstance(String field) {
    return field == null || !field.startsWith(ATTRIBUTE);
  }

  /** The value that an instance has of a field. */
  public static String value(String field, InstanceState instance) {
    return isInstance(field)
        ? instance.id()
        : instance.attributes().getOrDefault(field.substring(ATTRIBUTE.length()), "");
  }

  /** Whether zones come first: only then tasks are moved between zones. */
  public static boolean isZonesFirst(List<PlacementStrategy> strategies) {
    return strategies.isEmpty()
        || (isSpread(strategies.getFirst())
            && DEFAULT.getFirst().field().equals(strategies.getFirst().field()));
  }
}

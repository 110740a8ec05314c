package dev.berth.scheduler.domain.world;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/**
 * A record with other values in some members: contract records are long, and mostly beside the
 * point.
 */
public final class Changed {
  private Changed() {}

  public static <T extends Record> T of(T record, Map<String, Object> members) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    try {
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        values[i] =
            members.containsKey(name)
                ? members.get(name)
                : components[i].getAccessor().invoke(record);
      }
      @SuppressWarnings("unchecked")
      Class<T> type = (Class<T>) record.getClass();
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(members.keySet() + " of " + record.getClass(), e);
    }
  }
}

package dev.berth.simulation;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes records of which only some members matter, by name, so that members added to a contract
 * don't have to be named here.
 */
final class Records {
  private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

  private Records() {}

  private record Shape(List<RecordComponent> components, Constructor<?> constructor) {
    int indexOf(Object name) {
      for (int i = 0; i < components.size(); i++) {
        if (components.get(i).getName().equals(name)) {
          return i;
        }
      }
      throw new IllegalArgumentException(
          constructor.getDeclaringClass().getSimpleName() + " has no member " + name);
    }
  }

  /** A record with these members, {@code name, value, name, value...}; others are null or zero. */
  static <R extends Record> R of(Class<R> type, Object... members) {
    Shape shape = shape(type);
    Object[] values = new Object[shape.components().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = nothing(shape.components().get(i).getType());
    }
    return make(type, shape, values, members);
  }

  /** The same record with other members, {@code name, value...}. */
  static <R extends Record> R with(R record, Object... members) {
    @SuppressWarnings("unchecked")
    Class<R> type = (Class<R>) record.getClass();
    Shape shape = shape(type);
    Object[] values = new Object[shape.components().size()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = shape.components().get(i).getAccessor().invoke(record);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return make(type, shape, values, members);
  }

  private static <R> R make(Class<R> type, Shape shape, Object[] values, Object... members) {
    for (int i = 0; i < members.length; i += 2) {
      values[shape.indexOf(members[i])] = members[i + 1];
    }
    try {
      return type.cast(shape.constructor().newInstance(values));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A " + type.getSimpleName() + " can't be made", e);
    }
  }

  private static Shape shape(Class<?> type) {
    return SHAPES.computeIfAbsent(
        type,
        t -> {
          RecordComponent[] components = t.getRecordComponents();
          Class<?>[] types = new Class<?>[components.length];
          for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
            components[i].getAccessor().setAccessible(true);
          }
          try {
            Constructor<?> constructor = t.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return new Shape(List.of(components), constructor);
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Object nothing(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == double.class ? (Object) 0.0 : null;
  }
}

package dev.berth.api.adapter.aws.elbv2;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Attributes of load balancers, listeners and target groups: the same shape under three names. */
final class NamedValues {
  private NamedValues() {}

  /** What was asked; an attribute without a value is empty. */
  static <T> Map<String, String> of(
      List<T> shapes, Function<T, String> key, Function<T, String> value) {
    Map<String, String> values = new HashMap<>();
    shapes.forEach(one -> values.put(key.apply(one), Objects.toString(value.apply(one), "")));
    return values;
  }

  /** Shapes in the order of their keys. */
  static <T> List<T> shapes(Map<String, String> values, BiFunction<String, String, T> shape) {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> shape.apply(one.getKey(), one.getValue()))
        .toList();
  }
}

package dev.berth.lb.domain;

import java.time.Duration;
import java.util.Map;

/** Attributes by ELBv2's names; what is absent or can't be read has ELBv2's default. */
record Attributes(Map<String, String> values) {
  Attributes {
    values = Map.copyOf(values);
  }

  String text(String name, String absent) {
    String value = values.get(name);
    return value == null || value.isBlank() ? absent : value.strip();
  }

  boolean flag(String name, boolean absent) {
    String value = values.get(name);
    if (value == null || value.isBlank()) {
      return absent;
    }
    return value.strip().equals("true");
  }

  int number(String name, int absent) {
    String value = values.get(name);
    if (value == null || !value.strip().matches("[0-9]{1,9}")) {
      return absent;
    }
    return Integer.parseInt(value.strip());
  }

  Duration seconds(String name, int absent) {
    return Duration.ofSeconds(number(name, absent));
  }
}

package dev.berth.contracts.taskdef;

import java.util.Map;

/** Marks the log router of a task (ECS: FirelensConfiguration). */
public record FirelensConfiguration(String type, Map<String, String> options) {
  public FirelensConfiguration {
    options = Lists.of(options);
  }
}

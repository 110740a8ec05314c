package dev.berth.contracts.taskdef;

import java.util.List;
import java.util.Map;

/** The log driver of a container with its options (ECS: LogConfiguration). */
public record LogConfiguration(
    String logDriver, Map<String, String> options, List<Secret> secretOptions) {
  public LogConfiguration {
    options = Lists.of(options);
    secretOptions = Lists.of(secretOptions);
  }
}

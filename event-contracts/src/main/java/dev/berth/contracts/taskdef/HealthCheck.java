package dev.berth.contracts.taskdef;

import java.util.List;

/**
 * A container's health check (ECS: HealthCheck). Times are in seconds: interval 5 to 300 (30),
 * timeout 2 to 60 (5), startPeriod 0 to 300 (0); retries 1 to 10 (3). The command starts with
 * {@code CMD}, {@code CMD-SHELL} or {@code NONE}.
 */
public record HealthCheck(
    List<String> command, Integer interval, Integer timeout, Integer retries, Integer startPeriod) {
  public HealthCheck {
    command = Lists.of(command);
  }
}

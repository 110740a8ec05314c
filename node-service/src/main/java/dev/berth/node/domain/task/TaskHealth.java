package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.node.domain.container.ContainerHealth;
import java.util.List;

/** A task's health, made of that of its essential containers (ECS: HealthCheck). */
public final class TaskHealth {
  private TaskHealth() {}

  static HealthStatus of(TaskState state) {
    List<HealthStatus> checked =
        state.definitions().stream()
            .filter(definition -> definition.isEssential() && isChecked(definition))
            .map(definition -> state.containers().get(definition.name()).health())
            .toList();
    if (checked.contains(HealthStatus.UNHEALTHY)) {
      return HealthStatus.UNHEALTHY;
    }
    return checked.isEmpty() || checked.contains(HealthStatus.UNKNOWN)
        ? HealthStatus.UNKNOWN
        : HealthStatus.HEALTHY;
  }

  static boolean isChecked(ContainerDefinition definition) {
    HealthCheck check = definition.healthCheck();
    return check != null && !check.command().isEmpty() && !"NONE".equals(check.command().get(0));
  }

  /** Health in ECS's words, for which a check that is starting is unknown. */
  public static HealthStatus seen(ContainerHealth seen) {
    if (seen == null) {
      return HealthStatus.UNKNOWN;
    }
    return switch (seen) {
      case STARTING -> HealthStatus.UNKNOWN;
      case HEALTHY -> HealthStatus.HEALTHY;
      case UNHEALTHY -> HealthStatus.UNHEALTHY;
    };
  }
}

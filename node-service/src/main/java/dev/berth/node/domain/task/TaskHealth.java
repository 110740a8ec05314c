package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.HealthCheck;
import java.util.List;

/** A task's health, made of that of its essential containers (ECS: HealthCheck). */
final class TaskHealth {
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
}

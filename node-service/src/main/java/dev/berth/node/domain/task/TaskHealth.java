package dev.berth.node.domain.task;

import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.node.domain.container.ContainerHealth;

/** A task's health, made of that of its essential containers (ECS: HealthCheck). */
public final class TaskHealth {
  private TaskHealth() {}

  static HealthStatus of(TaskState state) {
    boolean checked = false;
    boolean unknown = false;
    for (ContainerDefinition definition : state.definitions()) {
      if (!definition.isEssential() || !isChecked(definition)) {
        continue;
      }
      HealthStatus health = state.containers().get(definition.name()).health();
      if (health == HealthStatus.UNHEALTHY) {
        return HealthStatus.UNHEALTHY;
      }
      checked = true;
      unknown |= health == HealthStatus.UNKNOWN;
    }
    return checked && !unknown ? HealthStatus.HEALTHY : HealthStatus.UNKNOWN;
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

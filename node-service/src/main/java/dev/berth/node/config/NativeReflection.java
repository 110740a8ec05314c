package dev.berth.node.config;

import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.task.TaskState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is read from and written to JSON by reflection, with all that it consists of: the records of
 * this service's topics and of its journal. A native executable knows only what is named here.
 */
@RegisterForReflection(
    targets = {
      TaskAssigned.class,
      TaskStatus.class,
      ContainerInstanceStatus.class,
      ContainerInstanceHeartbeat.class,
      TaskState.class
    },
    registerFullHierarchy = true)
final class NativeReflection {
  private NativeReflection() {}
}

package dev.berth.node.domain.container;

import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.SystemControl;
import dev.berth.contracts.taskdef.TaskDefinition;

/** Kernel parameters belong to a namespace, so they are set where that namespace is made. */
final class SharedKernelParameters {
  private SharedKernelParameters() {}

  /** Whether the parameter's namespace is one that the task's holder makes. */
  static boolean belongsToHolder(TaskDefinition definition, SystemControl control) {
    if (control.namespace().startsWith("net.")) {
      return definition.networkModeOrDefault() == NetworkMode.AWSVPC;
    }
    return "task".equals(definition.ipcMode());
  }
}

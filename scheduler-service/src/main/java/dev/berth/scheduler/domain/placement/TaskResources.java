package dev.berth.scheduler.domain.placement;

import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PortMapping;
import dev.berth.contracts.taskdef.ResourceRequirement;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a task takes of its instance. CPU and memory are the task's where it names them, else the
 * sum over its containers, of which each reserves {@code memoryReservation}, or {@code memory}
 * where it has none. Host ports count where the definition fixes them: in bridge mode the mapped
 * ones, in host mode the containers' own.
 */
public final class TaskResources {
  private TaskResources() {}

  /**
   * @param overrides may be null
   */
  public static Resources of(TaskDefinition definition, TaskOverride overrides) {
    int cpu = 0;
    int memory = 0;
    int gpus = 0;
    List<HostPort> ports = new ArrayList<>();
    for (ContainerDefinition container : definition.containerDefinitions()) {
      ContainerOverride override = overrideOf(overrides, container.name());
      cpu += first(override == null ? null : override.cpu(), container.cpu());
      memory +=
          first(
              override == null ? null : override.memoryReservation(),
              container.memoryReservation(),
              override == null ? null : override.memory(),
              container.memory());
      gpus +=
          gpusOf(
              override == null || override.resourceRequirements().isEmpty()
                  ? container.resourceRequirements()
                  : override.resourceRequirements());
      addPorts(ports, definition.networkModeOrDefault(), container.portMappings());
    }
    Integer taskCpu = number(overrides == null ? null : overrides.cpu(), definition.cpu(), true);
    Integer taskMemory =
        number(overrides == null ? null : overrides.memory(), definition.memory(), false);
    return new Resources(
        taskCpu == null ? cpu : taskCpu, taskMemory == null ? memory : taskMemory, ports, gpus);
  }

  private static ContainerOverride overrideOf(TaskOverride overrides, String container) {
    if (overrides != null) {
      for (ContainerOverride override : overrides.containerOverrides()) {
        if (override.name() != null && override.name().equals(container)) {
          return override;
        }
      }
    }
    return null;
  }

  private static int first(Integer... values) {
    for (Integer value : values) {
      if (value != null) {
        return value;
      }
    }
    return 0;
  }

  private static int gpusOf(List<ResourceRequirement> requirements) {
    int gpus = 0;
    for (ResourceRequirement requirement : requirements) {
      if ("GPU".equals(requirement.type())) {
        Integer count = units(requirement.value(), false);
        gpus += count == null ? 0 : count;
      }
    }
    return gpus;
  }

  private static void addPorts(List<HostPort> ports, NetworkMode mode, List<PortMapping> mappings) {
    for (PortMapping mapping : mappings) {
      Integer port =
          switch (mode) {
            case BRIDGE -> mapping.hostPort();
            case HOST -> mapping.containerPort();
            case AWSVPC, NONE -> null;
          };
      if (port != null && port != 0) {
        HostPort taken = new HostPort(port, mapping.protocolOrDefault());
        if (!ports.contains(taken)) {
          ports.add(taken);
        }
      }
    }
  }

  private static Integer number(String overridden, String defined, boolean isCpu) {
    Integer override = units(overridden, isCpu);
    return override != null ? override : units(defined, isCpu);
  }

  // ECS takes "1024" as well as "1 vCPU" and "2 GB"; api-service has refused what is neither.
  private static Integer units(String text, boolean isCpu) {
    if (text == null || text.isBlank()) {
      return null;
    }
    String lower = text.strip().toLowerCase(Locale.ROOT);
    try {
      if (isCpu && lower.endsWith("vcpu")) {
        return (int) (Double.parseDouble(lower.substring(0, lower.length() - 4).strip()) * 1024);
      }
      if (!isCpu && lower.endsWith("gb")) {
        return (int) (Double.parseDouble(lower.substring(0, lower.length() - 2).strip()) * 1024);
      }
      return Integer.valueOf(lower);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

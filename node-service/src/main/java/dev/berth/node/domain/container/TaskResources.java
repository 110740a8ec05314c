package dev.berth.node.domain.container;

import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.LinuxParameters;
import java.util.Optional;

/**
 * How the CPU and memory of a task are shared out between its containers.
 *
 * <p>ECS bounds a task with a control group of its own. Berth has none: engines differ in how they
 * name control groups, so the bound is put on each container instead. Each container of a task with
 * a CPU value may use at most that much, one without a memory limit may use at most the task's
 * memory, and CPU units that no container claims go in equal parts to those that claim none. The
 * containers together may thus pass the task's bound, which placement has reserved; each alone
 * can't.
 */
final class TaskResources {
  /** The smallest weight that the kernel takes; what ECS passes for none. */
  private static final int FEWEST_SHARES = 2;

  private static final String GPU = "GPU";
  private static final long MEBIBYTE = 1024L * 1024;
  private static final long NANO_CPUS_PER_CORE = 1_000_000_000L;
  private static final long UNITS_PER_CORE = 1024;

  private final TaskAssigned task;
  private final Integer taskCpu;
  private final Integer taskMemory;

  TaskResources(TaskAssigned task) {
    this.task = task;
    taskCpu =
        units(
            task.overrides() != null && task.overrides().cpu() != null
                ? task.overrides().cpu()
                : task.taskDefinition().cpu());
    taskMemory =
        units(
            task.overrides() != null && task.overrides().memory() != null
                ? task.overrides().memory()
                : task.taskDefinition().memory());
  }

  /** The override of a container, if there is one. */
  static Optional<ContainerOverride> override(TaskAssigned task, String container) {
    if (task.overrides() == null) {
      return Optional.empty();
    }
    return task.overrides().containerOverrides().stream()
        .filter(override -> container.equals(override.name()))
        .findFirst();
  }

  ContainerLimits limits(ContainerDefinition container) {
    Integer hard = memory(container);
    Integer soft =
        override(task, container.name())
            .map(ContainerOverride::memoryReservation)
            .orElse(container.memoryReservation());
    LinuxParameters linux = container.linuxParameters();
    Integer maxSwap = linux == null ? null : linux.maxSwap();
    boolean limitSwap = maxSwap != null && hard != null;
    return new ContainerLimits(
        shares(container),
        taskCpu == null ? null : taskCpu * NANO_CPUS_PER_CORE / UNITS_PER_CORE,
        bytes(hard),
        bytes(soft),
        limitSwap ? bytes(hard + maxSwap) : null,
        limitSwap && linux.swappiness() != null ? linux.swappiness().longValue() : null,
        linux == null ? null : bytes(linux.sharedMemorySize()),
        container.ulimits(),
        gpus(container));
  }

  private int gpus(ContainerDefinition container) {
    return override(task, container.name())
        .map(ContainerOverride::resourceRequirements)
        .filter(requirements -> !requirements.isEmpty())
        .orElse(container.resourceRequirements())
        .stream()
        .filter(requirement -> GPU.equals(requirement.type()))
        .mapToInt(requirement -> Integer.parseInt(requirement.value().strip()))
        .sum();
  }

  private Integer memory(ContainerDefinition container) {
    Integer own =
        override(task, container.name()).map(ContainerOverride::memory).orElse(container.memory());
    return own == null ? taskMemory : own;
  }

  private int shares(ContainerDefinition container) {
    int own = cpu(container);
    if (own > 0 || taskCpu == null) {
      return Math.max(own, FEWEST_SHARES);
    }
    int claimed = 0;
    int without = 0;
    for (ContainerDefinition each : task.taskDefinition().containerDefinitions()) {
      int units = cpu(each);
      claimed += units;
      without += units == 0 ? 1 : 0;
    }
    return Math.max((taskCpu - claimed) / without, FEWEST_SHARES);
  }

  private int cpu(ContainerDefinition container) {
    Integer own =
        override(task, container.name()).map(ContainerOverride::cpu).orElse(container.cpu());
    return own == null ? 0 : own;
  }

  static Long bytes(Integer mebibytes) {
    return mebibytes == null ? null : mebibytes * MEBIBYTE;
  }

  private static Integer units(String text) {
    return text == null || text.isBlank() ? null : Integer.valueOf(text.strip());
  }
}

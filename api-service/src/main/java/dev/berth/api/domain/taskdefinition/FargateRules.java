package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.NetworkMode;
import java.util.OptionalInt;

/**
 * What a task definition has to be for Fargate (ECS: Task definition parameters for Fargate, Task
 * CPU and memory).
 */
public final class FargateRules {
  private static final int GIB = 1024;

  private FargateRules() {}

  /** Why the request can't run on Fargate; empty if it can. */
  public static Violations check(TaskDefinitionRequest request) {
    Violations violations = new Violations();
    violations.require(
        request.networkMode() == NetworkMode.AWSVPC,
        "networkMode",
        "Fargate only supports network mode ‘awsvpc’.");
    violations.require(
        request.cpu() != null, "cpu", "Fargate requires that 'cpu' be defined at the task level.");
    violations.require(
        request.memory() != null,
        "memory",
        "Fargate requires that 'memory' be defined at the task level.");
    if (request.cpu() != null && request.memory() != null) {
      OptionalInt cpu = Amounts.cpuUnits(request.cpu());
      OptionalInt memory = Amounts.mebibytes(request.memory());
      violations.require(
          cpu.isPresent() && memory.isPresent() && isSize(cpu.getAsInt(), memory.getAsInt()),
          "cpu",
          "No Fargate configuration exists for given values: "
              + Violations.shortened(request.cpu())
              + " CPU, "
              + Violations.shortened(request.memory())
              + " memory.");
    }
    for (int i = 0; i < request.containerDefinitions().size(); i++) {
      violations.require(
          !Boolean.TRUE.equals(request.containerDefinitions().get(i).privileged()),
          "containerDefinitions[" + i + "].privileged",
          "is not for Fargate");
    }
    for (int i = 0; i < request.volumes().size(); i++) {
      boolean hostFolder =
          request.volumes().get(i).host() != null
              && request.volumes().get(i).host().sourcePath() != null;
      violations.require(
          !hostFolder && request.volumes().get(i).dockerVolumeConfiguration() == null,
          "volumes[" + i + "]",
          "must not be of the host or of a Docker volume driver on Fargate");
    }
    violations.require(
        request.placementConstraints().isEmpty(), "placementConstraints", "are not for Fargate");
    return violations;
  }

  /**
   * Whether Fargate has tasks of this size.
   *
   * @param cpu in CPU units
   * @param memory in MiB
   */
  public static boolean isSize(int cpu, int memory) {
    return switch (cpu) {
      case 256 -> memory == 512 || memory == GIB || memory == 2 * GIB;
      case 512 -> inSteps(memory, 1, 4, 1);
      case 1024 -> inSteps(memory, 2, 8, 1);
      case 2048 -> inSteps(memory, 4, 16, 1);
      case 4096 -> inSteps(memory, 8, 30, 1);
      case 8192 -> inSteps(memory, 16, 60, 4);
      case 16_384 -> inSteps(memory, 32, 120, 8);
      case 32_768 -> memory == 60 * GIB || memory == 120 * GIB || memory == 244 * GIB;
      default -> false;
    };
  }

  private static boolean inSteps(int memory, int least, int most, int step) {
    return memory % (step * GIB) == (least * GIB) % (step * GIB)
        && memory >= least * GIB
        && memory <= most * GIB;
  }
}

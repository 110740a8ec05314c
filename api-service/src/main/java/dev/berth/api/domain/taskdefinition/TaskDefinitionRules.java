package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** ECS's rules for a task definition as a whole (ECS: Task definition parameters). */
public final class TaskDefinitionRules {
  /** As many containers as ECS takes. */
  static final int MOST_CONTAINERS = 10;

  private static final Set<String> LAUNCH_TYPES =
      Set.of("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES");
  private static final Set<String> PID_MODES = Set.of("host", "task");
  private static final Set<String> IPC_MODES = Set.of("host", "task", "none");
  private static final Set<String> SCOPES = Set.of("task", "shared");
  private static final Set<String> ARCHITECTURES = Set.of("X86_64", "ARM64");
  private static final Pattern SYSTEMS = Pattern.compile("LINUX|WINDOWS_SERVER_[A-Z0-9_]{1,40}");
  private static final Pattern VOLUME_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");

  private TaskDefinitionRules() {}

  /** Everything that is wrong with a request; each finding names its member. */
  public static Violations check(TaskDefinitionRequest request) {
    Violations violations = new Violations();
    violations.name("family", request.family());
    Tags.check("tags", request.tags(), violations);
    for (int i = 0; i < request.requiresCompatibilities().size(); i++) {
      violations.oneOf(
          "requiresCompatibilities[" + i + "]",
          request.requiresCompatibilities().get(i),
          LAUNCH_TYPES);
    }
    violations.oneOf("pidMode", request.pidMode(), PID_MODES);
    violations.oneOf("ipcMode", request.ipcMode(), IPC_MODES);
    if (request.runtimePlatform() != null) {
      violations.oneOf(
          "runtimePlatform.cpuArchitecture",
          request.runtimePlatform().cpuArchitecture(),
          ARCHITECTURES);
      String system = request.runtimePlatform().operatingSystemFamily();
      violations.require(
          system == null || SYSTEMS.matcher(system).matches(),
          "runtimePlatform.operatingSystemFamily",
          "must be LINUX or a WINDOWS_SERVER_ version");
    }
    if (request.ephemeralStorage() != null) {
      violations.range(
          "ephemeralStorage.sizeInGiB", request.ephemeralStorage().sizeInGiB(), 21, 200);
    }
    if (request.requiresCompatibilities().contains("FARGATE")) {
      FargateRules.check(request).errors().forEach(e -> violations.add(e.field(), e.message()));
    }
    violations.require(
        !request.requiresCompatibilities().contains("EXTERNAL")
            || request.networkMode() != NetworkMode.AWSVPC,
        "networkMode",
        "External instances don't support network mode ‘awsvpc’.");
    placementConstraints(request.placementConstraints(), violations);
    volumes(request.volumes(), violations);
    OptionalInt cpu = cpu(request, violations);
    OptionalInt memory = memory(request, violations);
    containers(request, cpu, memory, violations);
    return violations;
  }

  private static void containers(
      TaskDefinitionRequest request, OptionalInt cpu, OptionalInt memory, Violations violations) {
    List<ContainerDefinition> containers = request.containerDefinitions();
    if (containers.isEmpty()) {
      violations.add("containerDefinitions", "needs at least one container");
      return;
    }
    violations.atMost("containerDefinitions", containers, MOST_CONTAINERS);
    NetworkMode mode = request.networkMode() == null ? NetworkMode.BRIDGE : request.networkMode();
    ContainerRules rules =
        new ContainerRules(mode, volumeNames(request.volumes()), memory.isPresent(), violations);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < containers.size(); i++) {
      ContainerDefinition container = containers.get(i);
      String at = "containerDefinitions[" + i + "]";
      rules.check(at, container);
      if (container.name() != null) {
        violations.require(
            names.add(container.name()),
            at + ".name",
            "must be unique within the task definition; \""
                + Violations.shortened(container.name())
                + "\" stands there twice");
      }
    }
    violations.require(
        containers.stream().anyMatch(ContainerDefinition::isEssential),
        "containerDefinitions",
        "needs at least one container that is essential");
    ContainerReferences.check(containers, mode, violations);
    PortRules.check(containers, mode, violations);
    totals(containers, cpu, memory, violations);
  }

  private static void totals(
      List<ContainerDefinition> containers,
      OptionalInt cpu,
      OptionalInt memory,
      Violations violations) {
    if (cpu.isPresent()) {
      long asked = containers.stream().mapToLong(c -> c.cpu() == null ? 0 : c.cpu()).sum();
      violations.require(
          asked <= cpu.getAsInt(),
          "cpu",
          "is less than the " + asked + " CPU units of its containers together");
    }
    if (memory.isPresent()) {
      long reserved =
          containers.stream()
              .mapToLong(
                  c ->
                      c.memoryReservation() != null
                          ? c.memoryReservation()
                          : c.memory() != null ? c.memory() : 0)
              .sum();
      violations.require(
          reserved <= memory.getAsInt(),
          "memory",
          "is less than the " + reserved + " MiB of its containers together");
      for (int i = 0; i < containers.size(); i++) {
        Integer hard = containers.get(i).memory();
        violations.require(
            hard == null || hard <= memory.getAsInt(),
            "containerDefinitions[" + i + "].memory",
            "must be at most the task's memory of " + memory.getAsInt() + " MiB");
      }
    }
  }

  private static OptionalInt cpu(TaskDefinitionRequest request, Violations violations) {
    if (request.cpu() == null) {
      return OptionalInt.empty();
    }
    OptionalInt units = Amounts.cpuUnits(request.cpu());
    violations.require(
        units.isPresent() && units.getAsInt() >= 128 && units.getAsInt() <= 196_608,
        "cpu",
        "must be 128 to 196608 CPU units, or 0.125 to 192 vCPUs such as \"1 vCPU\", not \""
            + Violations.shortened(request.cpu())
            + "\"");
    return units;
  }

  private static OptionalInt memory(TaskDefinitionRequest request, Violations violations) {
    if (request.memory() == null) {
      return OptionalInt.empty();
    }
    OptionalInt mebibytes = Amounts.mebibytes(request.memory());
    violations.require(
        mebibytes.isPresent() && mebibytes.getAsInt() >= ContainerRules.LEAST_MEMORY,
        "memory",
        "must be at least "
            + ContainerRules.LEAST_MEMORY
            + " MiB, or GB such as \"1 GB\", not \""
            + Violations.shortened(request.memory())
            + "\"");
    return mebibytes;
  }

  private static void placementConstraints(
      List<PlacementConstraint> constraints, Violations violations) {
    violations.atMost("placementConstraints", constraints, 10);
    for (int i = 0; i < constraints.size(); i++) {
      String at = "placementConstraints[" + i + "]";
      violations.oneOf(at + ".type", constraints.get(i).type(), Set.of("memberOf"));
      violations.present(at + ".type", constraints.get(i).type());
      violations.present(at + ".expression", constraints.get(i).expression());
    }
  }

  private static void volumes(List<Volume> volumes, Violations violations) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < volumes.size(); i++) {
      Volume volume = volumes.get(i);
      String at = "volumes[" + i + "]";
      if (violations.present(at + ".name", volume.name())) {
        violations.require(
            VOLUME_NAME.matcher(volume.name()).matches(),
            at + ".name",
            "must be 1 to 255 letters, digits, hyphens and underscores");
        violations.require(
            names.add(volume.name()),
            at + ".name",
            "must be unique; \"" + Violations.shortened(volume.name()) + "\" stands there twice");
      }
      if (volume.host() != null && volume.host().sourcePath() != null) {
        violations.require(
            volume.host().sourcePath().startsWith("/"),
            at + ".host.sourcePath",
            "must be an absolute path");
      }
      if (volume.dockerVolumeConfiguration() != null) {
        violations.require(
            volume.host() == null, at + ".host", "can't stand beside dockerVolumeConfiguration");
        violations.oneOf(
            at + ".dockerVolumeConfiguration.scope",
            volume.dockerVolumeConfiguration().scope(),
            SCOPES);
        violations.require(
            volume.dockerVolumeConfiguration().autoprovision() == null
                || "shared".equals(volume.dockerVolumeConfiguration().scope()),
            at + ".dockerVolumeConfiguration.autoprovision",
            "is only for volumes with scope shared");
      }
    }
  }

  private static Set<String> volumeNames(List<Volume> volumes) {
    Set<String> names = new HashSet<>();
    volumes.forEach(volume -> names.add(volume.name()));
    return names;
  }
}

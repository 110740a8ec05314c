package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.contracts.taskdef.KeyValuePair;
import dev.berth.contracts.taskdef.LinuxParameters;
import dev.berth.contracts.taskdef.MountPoint;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.ResourceRequirement;
import dev.berth.contracts.taskdef.Ulimit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ECS's rules for one container by itself (ECS: Container definitions). */
final class ContainerRules {
  /** Docker takes no less, in MiB; ECS asks for the same since Docker 20.10. */
  static final int LEAST_MEMORY = 6;

  private static final Set<String> ULIMITS =
      Set.of(
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");
  private static final Set<String> CHECKS = Set.of("CMD", "CMD-SHELL", "NONE");
  private static final Set<String> RESOURCES = Set.of("GPU", "InferenceAccelerator");
  private static final Set<String> DEVICE_PERMISSIONS = Set.of("read", "write", "mknod");

  private final NetworkMode mode;
  private final Set<String> volumes;
  private final boolean taskHasMemory;
  private final Violations violations;

  ContainerRules(
      NetworkMode mode, Set<String> volumes, boolean taskHasMemory, Violations violations) {
    this.mode = mode;
    this.volumes = volumes;
    this.taskHasMemory = taskHasMemory;
    this.violations = violations;
  }

  void check(String at, ContainerDefinition container) {
    violations.name(at + ".name", container.name());
    if (violations.present(at + ".image", container.image())) {
      violations.require(
          container.image().length() <= 255
              && container.image().chars().noneMatch(Character::isWhitespace),
          at + ".image",
          "must be an image's name of up to 255 characters without blanks");
    }
    violations.range(at + ".cpu", container.cpu(), 0, 196_608);
    memory(at, container);
    // ECS takes up to 120 seconds on Fargate and any number on container instances.
    violations.atLeast(at + ".startTimeout", container.startTimeout(), 2);
    violations.range(at + ".stopTimeout", container.stopTimeout(), 0, 86_400);
    environment(at, container.environment());
    mountPoints(at, container.mountPoints());
    if (container.healthCheck() != null) {
      healthCheck(at + ".healthCheck", container.healthCheck());
    }
    ulimits(at, container.ulimits());
    network(at, container);
    if (container.linuxParameters() != null) {
      linux(at + ".linuxParameters", container.linuxParameters());
    }
    for (int i = 0; i < container.secrets().size(); i++) {
      violations.present(at + ".secrets[" + i + "].name", container.secrets().get(i).name());
      violations.present(
          at + ".secrets[" + i + "].valueFrom", container.secrets().get(i).valueFrom());
    }
    resources(at, container.resourceRequirements());
    if (container.restartPolicy() != null) {
      violations.present(at + ".restartPolicy.enabled", container.restartPolicy().enabled());
      violations.range(
          at + ".restartPolicy.restartAttemptPeriod",
          container.restartPolicy().restartAttemptPeriod(),
          60,
          1800);
      violations.atMost(
          at + ".restartPolicy.ignoredExitCodes", container.restartPolicy().ignoredExitCodes(), 50);
    }
    if (container.logConfiguration() != null) {
      violations.present(
          at + ".logConfiguration.logDriver", container.logConfiguration().logDriver());
    }
    if (container.workingDirectory() != null) {
      violations.require(
          container.workingDirectory().startsWith("/"),
          at + ".workingDirectory",
          "must be an absolute path");
    }
  }

  private void memory(String at, ContainerDefinition container) {
    Integer hard = container.memory();
    Integer soft = container.memoryReservation();
    violations.require(
        hard != null || soft != null || taskHasMemory,
        at + ".memory",
        "is required unless the container has a memoryReservation or the task a memory");
    violations.atLeast(at + ".memory", hard, LEAST_MEMORY);
    violations.atLeast(at + ".memoryReservation", soft, LEAST_MEMORY);
    violations.require(
        hard == null || soft == null || soft <= hard,
        at + ".memoryReservation",
        "must not be more than memory, " + hard + " MiB");
  }

  private void environment(String at, List<KeyValuePair> environment) {
    for (int i = 0; i < environment.size(); i++) {
      String member = at + ".environment[" + i + "].name";
      String name = environment.get(i).name();
      if (violations.present(member, name)) {
        violations.require(
            name.indexOf('=') < 0 && name.indexOf('\0') < 0, member, "must not contain \"=\"");
      }
    }
  }

  private void mountPoints(String at, List<MountPoint> mountPoints) {
    Set<String> paths = new HashSet<>();
    for (int i = 0; i < mountPoints.size(); i++) {
      MountPoint mount = mountPoints.get(i);
      String member = at + ".mountPoints[" + i + "]";
      if (violations.present(member + ".sourceVolume", mount.sourceVolume())) {
        violations.require(
            volumes.contains(mount.sourceVolume()),
            member + ".sourceVolume",
            "names no volume of the task definition: \""
                + Violations.shortened(mount.sourceVolume())
                + "\"");
      }
      if (violations.present(member + ".containerPath", mount.containerPath())) {
        violations.require(
            paths.add(mount.containerPath()),
            member + ".containerPath",
            "is mounted twice in this container");
      }
    }
  }

  private void healthCheck(String at, HealthCheck check) {
    if (check.command().isEmpty()) {
      violations.add(at + ".command", "is required");
    } else {
      String kind = check.command().getFirst();
      violations.oneOf(at + ".command[0]", kind, CHECKS);
      violations.require(
          "NONE".equals(kind) || check.command().size() > 1,
          at + ".command",
          "needs a command after " + kind);
    }
    violations.range(at + ".interval", check.interval(), 5, 300);
    violations.range(at + ".timeout", check.timeout(), 2, 120);
    violations.range(at + ".retries", check.retries(), 1, 10);
    violations.range(at + ".startPeriod", check.startPeriod(), 0, 300);
  }

  private void ulimits(String at, List<Ulimit> ulimits) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ulimits.size(); i++) {
      Ulimit ulimit = ulimits.get(i);
      String member = at + ".ulimits[" + i + "]";
      if (violations.present(member + ".name", ulimit.name())) {
        violations.oneOf(member + ".name", ulimit.name(), ULIMITS);
        violations.require(names.add(ulimit.name()), member + ".name", "stands there twice");
      }
      boolean soft = violations.present(member + ".softLimit", ulimit.softLimit());
      boolean hard = violations.present(member + ".hardLimit", ulimit.hardLimit());
      if (soft && hard) {
        violations.atLeast(member + ".softLimit", ulimit.softLimit(), -1);
        violations.atLeast(member + ".hardLimit", ulimit.hardLimit(), -1);
        violations.require(
            ulimit.hardLimit() == -1
                || (ulimit.softLimit() != -1 && ulimit.softLimit() <= ulimit.hardLimit()),
            member + ".softLimit",
            "must not be more than hardLimit, " + ulimit.hardLimit());
      }
    }
  }

  private void network(String at, ContainerDefinition container) {
    violations.require(
        container.links().isEmpty() || mode == NetworkMode.BRIDGE,
        at + ".links",
        "is only for network mode bridge");
    boolean ownNamespace = mode == NetworkMode.BRIDGE || mode == NetworkMode.NONE;
    violations.require(
        container.hostname() == null || ownNamespace,
        at + ".hostname",
        "is only for network modes bridge and none");
    violations.require(
        container.dnsServers().isEmpty() || ownNamespace,
        at + ".dnsServers",
        "is only for network modes bridge and none");
    violations.require(
        container.dnsSearchDomains().isEmpty() || ownNamespace,
        at + ".dnsSearchDomains",
        "is only for network modes bridge and none");
    violations.require(
        container.extraHosts().isEmpty() || mode != NetworkMode.AWSVPC,
        at + ".extraHosts",
        "is not for network mode awsvpc");
    for (int i = 0; i < container.extraHosts().size(); i++) {
      String member = at + ".extraHosts[" + i + "]";
      violations.present(member + ".hostname", container.extraHosts().get(i).hostname());
      violations.present(member + ".ipAddress", container.extraHosts().get(i).ipAddress());
    }
  }

  private void linux(String at, LinuxParameters linux) {
    violations.atLeast(at + ".sharedMemorySize", linux.sharedMemorySize(), 1);
    violations.range(at + ".swappiness", linux.swappiness(), 0, 100);
    violations.atLeast(at + ".maxSwap", linux.maxSwap(), 0);
    for (int i = 0; i < linux.tmpfs().size(); i++) {
      String member = at + ".tmpfs[" + i + "]";
      violations.present(member + ".containerPath", linux.tmpfs().get(i).containerPath());
      if (violations.present(member + ".size", linux.tmpfs().get(i).size())) {
        violations.atLeast(member + ".size", linux.tmpfs().get(i).size(), 1);
      }
    }
    for (int i = 0; i < linux.devices().size(); i++) {
      String member = at + ".devices[" + i + "]";
      violations.present(member + ".hostPath", linux.devices().get(i).hostPath());
      for (String permission : linux.devices().get(i).permissions()) {
        violations.oneOf(member + ".permissions", permission, DEVICE_PERMISSIONS);
      }
    }
  }

  private void resources(String at, List<ResourceRequirement> requirements) {
    for (int i = 0; i < requirements.size(); i++) {
      String member = at + ".resourceRequirements[" + i + "]";
      ResourceRequirement requirement = requirements.get(i);
      if (violations.present(member + ".type", requirement.type())) {
        violations.oneOf(member + ".type", requirement.type(), RESOURCES);
      }
      if (violations.present(member + ".value", requirement.value())
          && "GPU".equals(requirement.type())) {
        violations.require(
            requirement.value().matches("[1-9]\\d{0,2}"),
            member + ".value",
            "must be how many GPUs");
      }
    }
  }
}

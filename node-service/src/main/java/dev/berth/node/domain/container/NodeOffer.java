package dev.berth.node.domain.container;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.DockerVolumeConfiguration;
import dev.berth.contracts.taskdef.LinuxParameters;
import dev.berth.contracts.taskdef.MountPoint;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.Volume;
import dev.berth.contracts.taskdef.VolumeFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What this node can do for tasks: told to placement as attributes, and checked once more before
 * anything is created, since a task may have been placed on what was true yesterday.
 *
 * @param power what the owner lets containers do to the host
 * @param registryCredentials whether credentials of private registries can be looked up by name
 * @param logDrivers the engine's log drivers
 * @param architecture {@code x86_64} or {@code arm64}
 */
public record NodeOffer(
    HostPowerPolicy power,
    boolean registryCredentials,
    List<String> logDrivers,
    String architecture) {
  public NodeOffer {
    logDrivers = List.copyOf(logDrivers);
  }

  /** What an engine with this policy offers. */
  public static NodeOffer of(
      HostPowerPolicy power, boolean registryCredentials, EngineInfo engine) {
    boolean arm = Set.of("aarch64", "arm64").contains(engine.architecture());
    return new NodeOffer(power, registryCredentials, engine.logDrivers(), arm ? "arm64" : "x86_64");
  }

  /** The attributes for placement, in alphabetical order. */
  public List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    names().forEach(name -> attributes.add(Attribute.of(name)));
    attributes.add(Attribute.of(Capabilities.CPU_ARCHITECTURE, architecture));
    attributes.add(Attribute.of(Capabilities.OS_TYPE, "linux"));
    return List.copyOf(attributes);
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>(power.attributes());
    names.add(Capabilities.TASK_ENI);
    if (registryCredentials) {
      names.add(Capabilities.REGISTRY_CREDENTIALS);
    }
    Set<String> drivers = new TreeSet<>(logDrivers);
    drivers.add("none");
    drivers.addAll(ContainerTranslation.KEPT_BY_BERTH);
    drivers.forEach(driver -> names.add(Capabilities.LOGGING_DRIVER + driver));
    return names;
  }

  /** Why this node won't run the task, a sentence each; empty when it will. */
  public List<String> refusals(TaskAssigned task) {
    List<String> refusals = new ArrayList<>();
    TaskDefinition definition = task.taskDefinition();
    powerRefusals(definition, refusals);
    Set<String> volumes =
        definition.volumes().stream().map(Volume::name).collect(Collectors.toSet());
    Set<String> containers =
        definition.containerDefinitions().stream()
            .map(ContainerDefinition::name)
            .collect(Collectors.toSet());
    for (ContainerDefinition container : definition.containerDefinitions()) {
      String subject = "container " + container.name();
      for (MountPoint mount : container.mountPoints()) {
        if (!volumes.contains(mount.sourceVolume())) {
          refusals.add(
              subject + " mounts volume " + mount.sourceVolume() + ", which the task hasn't got");
        }
      }
      for (VolumeFrom from : container.volumesFrom()) {
        if (!containers.contains(from.sourceContainer())) {
          refusals.add(
              subject + " uses volumes of " + from.sourceContainer() + ", which isn't in the task");
        }
      }
    }
    Set<String> offered = names();
    Capabilities.requiredBy(definition).stream()
        .map(Attribute::name)
        .filter(name -> !offered.contains(name) && !isPower(name))
        .forEach(name -> refusals.add("the task needs " + name + ", which this node hasn't got"));
    return List.copyOf(refusals);
  }

  private static boolean isPower(String name) {
    return HostPowerPolicy.all().attributes().contains(name);
  }

  private void powerRefusals(TaskDefinition definition, List<String> refusals) {
    if (!power.hostNetwork() && definition.networkModeOrDefault() == NetworkMode.HOST) {
      refusals.add("network mode host" + notAllowed("host-network"));
    }
    boolean hostNamespace =
        "host".equals(definition.pidMode()) || "host".equals(definition.ipcMode());
    if (!power.hostNamespaces() && hostNamespace) {
      refusals.add("pidMode or ipcMode host" + notAllowed("host-namespaces"));
    }
    for (Volume volume : definition.volumes()) {
      if (!power.hostMounts() && isHostMount(volume)) {
        refusals.add("volume " + volume.name() + " of the host" + notAllowed("host-mounts"));
      }
    }
    definition.containerDefinitions().forEach(container -> powerRefusals(container, refusals));
  }

  private void powerRefusals(ContainerDefinition container, List<String> refusals) {
    String subject = "container " + container.name();
    if (!power.privileged() && Boolean.TRUE.equals(container.privileged())) {
      refusals.add(subject + ": privileged" + notAllowed("privileged"));
    }
    LinuxParameters linux = container.linuxParameters();
    if (!power.devices() && linux != null && !linux.devices().isEmpty()) {
      refusals.add(subject + ": devices of the host" + notAllowed("devices"));
    }
    boolean added =
        (linux != null && linux.capabilities() != null && !linux.capabilities().add().isEmpty())
            || !container.dockerSecurityOptions().isEmpty()
            || !container.systemControls().isEmpty();
    if (!power.addedCapabilities() && added) {
      refusals.add(
          subject
              + ": added capabilities, security options or kernel parameters"
              + notAllowed("added-capabilities"));
    }
  }

  private static String notAllowed(String setting) {
    return " is not allowed by this node's owner (berth.node.docker.host-power." + setting + ")";
  }

  /** A folder of the host, also when it comes dressed up as a volume of the local driver. */
  private static boolean isHostMount(Volume volume) {
    if (volume.host() != null && volume.host().sourcePath() != null) {
      return true;
    }
    DockerVolumeConfiguration docker = volume.dockerVolumeConfiguration();
    return docker != null
        && (docker.driver() == null || "local".equals(docker.driver()))
        && docker.driverOpts().containsKey("device")
        && !"tmpfs".equals(docker.driverOpts().get("type"));
  }
}

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
 * @param registryCredentials whether {@code repositoryCredentials} can be looked up here
 * @param logDrivers the engine's log drivers
 * @param architecture {@code x86_64} or {@code arm64}
 */
public record NodeOffer(
    HostPowerPolicy power,
    boolean registryCredentials,
    List<String> logDrivers,
    String architecture) {
  private static final String SETTING = "berth.node.docker.host-power.";

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
      for (MountPoint mount : container.mountPoints()) {
        refuse(
            refusals,
            !volumes.contains(mount.sourceVolume()),
            "container %s mounts volume %s, which the task definition doesn't have",
            container.name(),
            mount.sourceVolume());
      }
      container
          .volumesFrom()
          .forEach(
              from ->
                  refuse(
                      refusals,
                      !containers.contains(from.sourceContainer()),
                      "container %s uses the volumes of container %s, which the task hasn't got",
                      container.name(),
                      from.sourceContainer()));
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
    refuse(
        refusals,
        !power.hostNetwork() && definition.networkModeOrDefault() == NetworkMode.HOST,
        "network mode host is not allowed on this node (%shost-network)",
        SETTING);
    boolean hostNamespace =
        "host".equals(definition.pidMode()) || "host".equals(definition.ipcMode());
    refuse(
        refusals,
        !power.hostNamespaces() && hostNamespace,
        "pidMode and ipcMode host are not allowed on this node (%shost-namespaces)",
        SETTING);
    for (Volume volume : definition.volumes()) {
      refuse(
          refusals,
          !power.hostMounts() && isHostMount(volume),
          "volume %s is a folder or device of the host, which is not allowed on this node"
              + " (%shost-mounts)",
          volume.name(),
          SETTING);
    }
    definition.containerDefinitions().forEach(container -> powerRefusals(container, refusals));
  }

  private void powerRefusals(ContainerDefinition container, List<String> refusals) {
    refuse(
        refusals,
        !power.privileged() && Boolean.TRUE.equals(container.privileged()),
        "container %s is privileged, which is not allowed on this node (%sprivileged)",
        container.name(),
        SETTING);
    LinuxParameters linux = container.linuxParameters();
    refuse(
        refusals,
        !power.devices() && linux != null && !linux.devices().isEmpty(),
        "container %s uses devices of the host, which is not allowed on this node (%sdevices)",
        container.name(),
        SETTING);
    boolean added =
        (linux != null && linux.capabilities() != null && !linux.capabilities().add().isEmpty())
            || !container.dockerSecurityOptions().isEmpty()
            || !container.systemControls().isEmpty();
    refuse(
        refusals,
        !power.addedCapabilities() && added,
        "container %s adds capabilities, security options or kernel parameters, which is not"
            + " allowed on this node (%sadded-capabilities)",
        container.name(),
        SETTING);
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

  private static void refuse(
      List<String> refusals, boolean condition, String sentence, Object... arguments) {
    if (condition) {
      refusals.add(sentence.formatted(arguments));
    }
  }
}

package dev.berth.node.domain.container;

import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.DockerVolumeConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that an engine has to make for a task, worked out from its definition and overrides. Names
 * are derived from the task's id alone, so that what was made before a crash is found again, and
 * containers refer to each other and to the holder by name.
 *
 * @param holder there when the task's containers share namespaces; it comes first
 * @param volumes to be looked after before any container is created
 * @param containers specification by container name, in the order of the definition
 */
public record TaskContainers(
    Optional<NetworkHolderSpec> holder,
    List<VolumePlan> volumes,
    Map<String, ContainerSpec> containers) {
  public TaskContainers {
    volumes = List.copyOf(volumes);
    containers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(containers));
  }

  /**
   * Works out the containers of a task. Whether this node may run them is a matter of {@link
   * NodeOffer#refusals}.
   */
  public static TaskContainers of(TaskAssigned task) {
    Map<String, ContainerSpec> specs = new LinkedHashMap<>();
    ContainerTranslation translation = new ContainerTranslation(task);
    for (ContainerDefinition container : task.taskDefinition().containerDefinitions()) {
      specs.put(container.name(), translation.translate(container));
    }
    Optional<NetworkHolderSpec> holder =
        needsHolder(task.taskDefinition()) ? Optional.of(holderSpec(task)) : Optional.empty();
    return new TaskContainers(holder, volumePlans(task), specs);
  }

  /** Whether the task's containers share namespaces that need a container to hold them. */
  public static boolean needsHolder(TaskDefinition definition) {
    return definition.networkModeOrDefault() == NetworkMode.AWSVPC
        || "task".equals(definition.pidMode())
        || "task".equals(definition.ipcMode());
  }

  /** The engine-wide name of a task's container. */
  public static String containerName(String taskId, String container) {
    return "berth-" + taskId + "-" + container;
  }

  /** The engine-wide name of a task's holder; no container can have it. */
  public static String holderName(String taskId) {
    return "berth-" + taskId + ".holder";
  }

  /**
   * How a container's ports are reached: as the engine published them, or for host mode, where it
   * publishes nothing, on the host's own ports.
   */
  public static List<NetworkBinding> bindings(
      TaskDefinition definition, ContainerDefinition container, ContainerSnapshot snapshot) {
    if (definition.networkModeOrDefault() != NetworkMode.HOST) {
      return snapshot.bindings();
    }
    return container.portMappings().stream()
        .filter(mapping -> mapping.containerPort() != null)
        .map(
            mapping ->
                new NetworkBinding(
                    "0.0.0.0",
                    mapping.containerPort(),
                    mapping.containerPort(),
                    mapping.protocolOrDefault()))
        .toList();
  }

  private static NetworkHolderSpec holderSpec(TaskAssigned task) {
    TaskDefinition definition = task.taskDefinition();
    boolean awsvpc = definition.networkModeOrDefault() == NetworkMode.AWSVPC;
    String hostname = null;
    Set<String> dnsServers = new LinkedHashSet<>();
    Set<String> dnsSearchDomains = new LinkedHashSet<>();
    Set<String> extraHosts = new LinkedHashSet<>();
    Map<String, String> sysctls = new LinkedHashMap<>();
    for (ContainerDefinition container : definition.containerDefinitions()) {
      if (awsvpc) {
        hostname = hostname == null ? container.hostname() : hostname;
        dnsServers.addAll(container.dnsServers());
        dnsSearchDomains.addAll(container.dnsSearchDomains());
        container
            .extraHosts()
            .forEach(entry -> extraHosts.add(entry.hostname() + ":" + entry.ipAddress()));
      }
      container.systemControls().stream()
          .filter(control -> SharedKernelParameters.belongsToHolder(definition, control))
          .forEach(control -> sysctls.put(control.namespace(), control.value()));
    }
    return new NetworkHolderSpec(
        holderName(task.taskId()),
        BerthLabels.ofHolder(task),
        awsvpc,
        "task".equals(definition.ipcMode()),
        sharedMemory(definition),
        hostname,
        List.copyOf(dnsServers),
        List.copyOf(dnsSearchDomains),
        List.copyOf(extraHosts),
        sysctls);
  }

  /**
   * Containers of one IPC namespace have one {@code /dev/shm}: as large as any of them wants it.
   */
  private static Long sharedMemory(TaskDefinition definition) {
    if (!"task".equals(definition.ipcMode())) {
      return null;
    }
    return definition.containerDefinitions().stream()
        .map(ContainerDefinition::linuxParameters)
        .filter(linux -> linux != null && linux.sharedMemorySize() != null)
        .map(linux -> TaskResources.bytes(linux.sharedMemorySize()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static List<VolumePlan> volumePlans(TaskAssigned task) {
    List<VolumePlan> plans = new ArrayList<>();
    for (Volume volume : task.taskDefinition().volumes()) {
      if (volume.host() != null && volume.host().sourcePath() != null) {
        continue;
      }
      plans.add(volumePlan(task, volume));
    }
    return plans;
  }

  private static VolumePlan volumePlan(TaskAssigned task, Volume volume) {
    DockerVolumeConfiguration docker = volume.dockerVolumeConfiguration();
    boolean shared = docker != null && "shared".equals(docker.scope());
    Map<String, String> labels = new LinkedHashMap<>();
    if (docker != null) {
      labels.putAll(docker.labels());
    }
    if (shared) {
      labels.put(BerthLabels.INSTALLATION_ID, task.installationId());
    } else {
      labels.putAll(BerthLabels.ofTask(task));
    }
    return new VolumePlan(
        new VolumeSpec(
            volumeName(task.taskId(), volume),
            docker == null ? null : docker.driver(),
            docker == null ? Map.of() : docker.driverOpts(),
            labels),
        shared && !Boolean.TRUE.equals(docker.autoprovision()),
        !shared);
  }

  /** What a volume of the definition is called on the engine, or the folder of the host it is. */
  static String volumeName(String taskId, Volume volume) {
    if (volume.host() != null && volume.host().sourcePath() != null) {
      return volume.host().sourcePath();
    }
    DockerVolumeConfiguration docker = volume.dockerVolumeConfiguration();
    return docker != null && "shared".equals(docker.scope())
        ? volume.name()
        : "berth-" + taskId + "-" + volume.name();
  }
}

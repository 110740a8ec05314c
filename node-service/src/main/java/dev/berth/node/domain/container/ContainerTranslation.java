package dev.berth.node.domain.container;

import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.contracts.taskdef.KernelCapabilities;
import dev.berth.contracts.taskdef.KeyValuePair;
import dev.berth.contracts.taskdef.LinuxParameters;
import dev.berth.contracts.taskdef.LogConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PortMapping;
import dev.berth.contracts.taskdef.SystemControl;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the container definitions of one task into specifications. */
final class ContainerTranslation {
  /** ECS's default between the stop signal and SIGKILL, in seconds. */
  static final int DEFAULT_STOP_TIMEOUT = 30;

  /** Log drivers whose work Berth does itself: the lines are kept here, for the logs endpoint. */
  static final Set<String> KEPT_BY_BERTH = Set.of("awslogs", "awsfirelens");

  private static final String KEPT_DRIVER = "json-file";
  private static final Map<String, String> ROTATION = Map.of("max-size", "10m", "max-file", "3");

  private static final int DEFAULT_INTERVAL = 30;
  private static final int DEFAULT_TIMEOUT = 5;
  private static final int DEFAULT_RETRIES = 3;

  private final TaskAssigned task;
  private final TaskDefinition definition;
  private final TaskResources resources;

  ContainerTranslation(TaskAssigned task) {
    this.task = task;
    definition = task.taskDefinition();
    resources = new TaskResources(task);
  }

  ContainerSpec translate(ContainerDefinition container) {
    boolean ownHostname = definition.networkModeOrDefault() != NetworkMode.AWSVPC;
    return new ContainerSpec(
        nameOf(container.name()),
        PinnedImages.of(task, container).orElse(container.image()),
        labels(container),
        container.entryPoint(),
        command(container),
        environment(container),
        container.workingDirectory(),
        container.user(),
        ownHostname ? container.hostname() : null,
        Boolean.TRUE.equals(container.pseudoTerminal()),
        Boolean.TRUE.equals(container.interactive()),
        container.stopTimeout() == null ? DEFAULT_STOP_TIMEOUT : container.stopTimeout(),
        healthProbe(container.healthCheck()),
        resources.limits(container),
        privileges(container),
        networking(container),
        storage(container),
        logging(container.logConfiguration()));
  }

  private String nameOf(String container) {
    return TaskContainers.containerName(task.taskId(), container);
  }

  private String holderReference() {
    return "container:" + TaskContainers.holderName(task.taskId());
  }

  private Map<String, String> labels(ContainerDefinition container) {
    Map<String, String> labels = new LinkedHashMap<>(container.dockerLabels());
    LogConfiguration log = container.logConfiguration();
    if (log != null && log.logDriver() != null && KEPT_BY_BERTH.contains(driver(log))) {
      labels.put(BerthLabels.LOG_DRIVER, driver(log));
      log.options().forEach((name, value) -> labels.put(BerthLabels.LOG_OPTION + name, value));
    }
    // Last, so that a definition can't pretend to be another task's container.
    labels.putAll(BerthLabels.ofContainer(task, container.name()));
    return labels;
  }

  private List<String> command(ContainerDefinition container) {
    return TaskResources.override(task, container.name())
        .map(ContainerOverride::command)
        .filter(command -> !command.isEmpty())
        .orElse(container.command());
  }

  private List<String> environment(ContainerDefinition container) {
    Map<String, String> variables = new LinkedHashMap<>();
    container.environment().forEach(pair -> variables.put(pair.name(), valueOf(pair)));
    TaskResources.override(task, container.name())
        .ifPresent(
            override ->
                override.environment().forEach(pair -> variables.put(pair.name(), valueOf(pair))));
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .toList();
  }

  private static String valueOf(KeyValuePair pair) {
    return pair.value() == null ? "" : pair.value();
  }

  private static HealthProbe healthProbe(HealthCheck check) {
    if (check == null || check.command().isEmpty()) {
      return null;
    }
    return new HealthProbe(
        check.command(),
        or(check.interval(), DEFAULT_INTERVAL),
        or(check.timeout(), DEFAULT_TIMEOUT),
        or(check.retries(), DEFAULT_RETRIES),
        or(check.startPeriod(), 0));
  }

  private static int or(Integer value, int absent) {
    return value == null ? absent : value;
  }

  private ContainerPrivileges privileges(ContainerDefinition container) {
    LinuxParameters linux = container.linuxParameters();
    KernelCapabilities capabilities = linux == null ? null : linux.capabilities();
    return new ContainerPrivileges(
        Boolean.TRUE.equals(container.privileged()),
        Boolean.TRUE.equals(container.readonlyRootFilesystem()),
        linux != null && Boolean.TRUE.equals(linux.initProcessEnabled()),
        capabilities == null ? List.of() : capabilities.add(),
        capabilities == null ? List.of() : capabilities.drop(),
        linux == null ? List.of() : linux.devices(),
        container.dockerSecurityOptions(),
        container.systemControls().stream()
            .filter(control -> !SharedKernelParameters.belongsToHolder(definition, control))
            .collect(
                Collectors.toMap(
                    SystemControl::namespace, SystemControl::value, (first, last) -> last)),
        namespaceMode(definition.pidMode()),
        namespaceMode(definition.ipcMode()));
  }

  private String namespaceMode(String mode) {
    return "task".equals(mode) ? holderReference() : mode;
  }

  private ContainerNetworking networking(ContainerDefinition container) {
    NetworkMode mode = definition.networkModeOrDefault();
    if (mode == NetworkMode.AWSVPC) {
      // Names and addresses of a shared namespace are the holder's.
      return ContainerNetworking.of(holderReference());
    }
    if (mode == NetworkMode.NONE || Boolean.TRUE.equals(container.disableNetworking())) {
      return ContainerNetworking.of("none");
    }
    boolean bridge = mode == NetworkMode.BRIDGE;
    return new ContainerNetworking(
        bridge ? "bridge" : "host",
        bridge ? publishedPorts(container) : List.of(),
        bridge ? container.links().stream().map(this::link).toList() : List.of(),
        container.dnsServers(),
        container.dnsSearchDomains(),
        container.extraHosts().stream()
            .map(entry -> entry.hostname() + ":" + entry.ipAddress())
            .toList());
  }

  private static List<PublishedPort> publishedPorts(ContainerDefinition container) {
    List<PublishedPort> ports = new ArrayList<>();
    for (PortMapping mapping : container.portMappings()) {
      if (mapping.containerPort() != null) {
        ports.add(
            new PublishedPort(
                mapping.containerPort(), or(mapping.hostPort(), 0), mapping.protocolOrDefault()));
      } else if (mapping.containerPortRange() != null) {
        String[] bounds = mapping.containerPortRange().split("-", 2);
        int last = Integer.parseInt(bounds[bounds.length - 1].strip());
        for (int port = Integer.parseInt(bounds[0].strip()); port <= last; port++) {
          ports.add(new PublishedPort(port, 0, mapping.protocolOrDefault()));
        }
      }
    }
    return ports;
  }

  private String link(String link) {
    int colon = link.indexOf(':');
    String container = colon < 0 ? link : link.substring(0, colon);
    String alias = colon < 0 ? link : link.substring(colon + 1);
    return nameOf(container) + ":" + alias;
  }

  private ContainerStorage storage(ContainerDefinition container) {
    Map<String, Volume> volumes =
        definition.volumes().stream()
            .collect(Collectors.toMap(Volume::name, volume -> volume, (first, last) -> last));
    return new ContainerStorage(
        container.mountPoints().stream()
            .filter(mount -> volumes.containsKey(mount.sourceVolume()))
            .map(
                mount ->
                    new ContainerStorage.Mount(
                        TaskContainers.volumeName(task.taskId(), volumes.get(mount.sourceVolume())),
                        mount.containerPath(),
                        Boolean.TRUE.equals(mount.readOnly())))
            .toList(),
        container.linuxParameters() == null ? List.of() : container.linuxParameters().tmpfs(),
        container.volumesFrom().stream()
            .map(
                from ->
                    nameOf(from.sourceContainer())
                        + (Boolean.TRUE.equals(from.readOnly()) ? ":ro" : ""))
            .toList());
  }

  private static ContainerLogging logging(LogConfiguration log) {
    if (log == null || log.logDriver() == null || KEPT_BY_BERTH.contains(driver(log))) {
      return new ContainerLogging(KEPT_DRIVER, ROTATION);
    }
    boolean unboundedFile = KEPT_DRIVER.equals(driver(log)) && log.options().isEmpty();
    return new ContainerLogging(driver(log), unboundedFile ? ROTATION : log.options());
  }

  private static String driver(LogConfiguration log) {
    return log.logDriver().toLowerCase(Locale.ROOT);
  }
}

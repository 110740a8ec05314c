package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumesFrom;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.contracts.taskdef.Tmpfs;
import dev.berth.node.domain.container.ContainerLimits;
import dev.berth.node.domain.container.ContainerLogging;
import dev.berth.node.domain.container.ContainerNetworking;
import dev.berth.node.domain.container.ContainerPrivileges;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.ContainerStorage;
import dev.berth.node.domain.container.HealthProbe;
import dev.berth.node.domain.container.PublishedPort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Writes a container specification as Docker's create request. */
final class ContainerCreation {
  private ContainerCreation() {}

  static CreateContainerCmd command(DockerClient client, ContainerSpec spec) {
    HostConfig host = HostConfig.newHostConfig();
    limit(host, spec.limits());
    empower(host, spec.privileges());
    connect(host, spec.networking());
    mount(host, spec.storage());
    host.withLogConfig(logConfig(spec.logging()));
    CreateContainerCmd command =
        client
            .createContainerCmd(spec.image())
            .withName(spec.name())
            .withLabels(spec.labels())
            .withEnv(spec.environment())
            .withTty(spec.tty())
            .withStdinOpen(spec.openStdin())
            .withStopTimeout(spec.stopTimeoutSeconds())
            .withExposedPorts(
                spec.networking().ports().stream().map(ContainerCreation::exposed).toList())
            .withHostConfig(host);
    if (!spec.entryPoint().isEmpty()) {
      command.withEntrypoint(spec.entryPoint());
    }
    if (!spec.command().isEmpty()) {
      command.withCmd(spec.command());
    }
    if (spec.workingDirectory() != null) {
      command.withWorkingDir(spec.workingDirectory());
    }
    if (spec.user() != null) {
      command.withUser(spec.user());
    }
    if (spec.hostname() != null) {
      command.withHostName(spec.hostname());
    }
    if (spec.healthProbe() != null) {
      command.withHealthcheck(healthCheck(spec.healthProbe()));
    }
    return command;
  }

  private static void limit(HostConfig host, ContainerLimits limits) {
    host.withCpuShares(limits.cpuShares())
        .withNanoCPUs(limits.nanoCpus())
        .withMemory(limits.memory())
        .withMemoryReservation(limits.memoryReservation())
        .withMemorySwap(limits.memorySwap())
        .withMemorySwappiness(limits.swappiness())
        .withShmSize(limits.shmSize())
        .withUlimits(
            limits.ulimits().stream()
                .map(
                    limit ->
                        new Ulimit(
                            limit.name(),
                            limit.softLimit().longValue(),
                            limit.hardLimit().longValue()))
                .toList());
  }

  private static void empower(HostConfig host, ContainerPrivileges privileges) {
    host.withPrivileged(privileges.privileged())
        .withReadonlyRootfs(privileges.readOnlyRoot())
        .withCapAdd(capabilities(privileges.addedCapabilities()))
        .withCapDrop(capabilities(privileges.droppedCapabilities()))
        .withSecurityOpts(privileges.securityOptions())
        .withPidMode(privileges.pidMode())
        .withIpcMode(privileges.ipcMode())
        .withDevices(privileges.devices().stream().map(ContainerCreation::device).toList());
    if (privileges.init()) {
      host.withInit(true);
    }
    if (!privileges.sysctls().isEmpty()) {
      host.withSysctls(privileges.sysctls());
    }
  }

  private static Capability[] capabilities(List<String> names) {
    return names.stream()
        .map(name -> name.toUpperCase(Locale.ROOT))
        .map(name -> name.startsWith("CAP_") ? name.substring("CAP_".length()) : name)
        .map(Capability::valueOf)
        .toArray(Capability[]::new);
  }

  private static Device device(dev.berth.contracts.taskdef.Device device) {
    String permissions =
        device.permissions().isEmpty()
            ? "rwm"
            : device.permissions().stream()
                .map(permission -> permission.substring(0, 1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    String inContainer =
        device.containerPath() == null ? device.hostPath() : device.containerPath();
    return new Device(permissions, inContainer, device.hostPath());
  }

  private static void connect(HostConfig host, ContainerNetworking networking) {
    host.withNetworkMode(networking.mode())
        .withLinks(networking.links().stream().map(Link::parse).toList())
        .withDns(networking.dnsServers())
        .withDnsSearch(networking.dnsSearchDomains())
        .withExtraHosts(networking.extraHosts().toArray(String[]::new));
    if (!networking.ports().isEmpty()) {
      Ports ports = new Ports();
      for (PublishedPort port : networking.ports()) {
        ports.bind(
            exposed(port),
            port.hostPort() == 0 ? Ports.Binding.empty() : Ports.Binding.bindPort(port.hostPort()));
      }
      host.withPortBindings(ports);
    }
  }

  private static ExposedPort exposed(PublishedPort port) {
    return new ExposedPort(
        port.containerPort(),
        port.protocol() == Protocol.UDP ? InternetProtocol.UDP : InternetProtocol.TCP);
  }

  private static void mount(HostConfig host, ContainerStorage storage) {
    // Binds rather than mounts: a missing folder of the host is created, as on ECS.
    host.withBinds(
        storage.mounts().stream()
            .map(
                mount ->
                    new Bind(
                        mount.source(),
                        new Volume(mount.containerPath()),
                        mount.readOnly() ? AccessMode.ro : AccessMode.rw))
            .toList());
    host.withVolumesFrom(storage.volumesFrom().stream().map(VolumesFrom::parse).toList());
    if (!storage.tmpfs().isEmpty()) {
      host.withTmpFs(
          storage.tmpfs().stream()
              .collect(Collectors.toMap(Tmpfs::containerPath, ContainerCreation::tmpfsOptions)));
    }
  }

  private static String tmpfsOptions(Tmpfs tmpfs) {
    StringBuilder options = new StringBuilder("size=").append(tmpfs.size()).append('m');
    tmpfs.mountOptions().forEach(option -> options.append(',').append(option));
    return options.toString();
  }

  private static LogConfig logConfig(ContainerLogging logging) {
    LogConfig.LoggingType type = LogConfig.LoggingType.fromValue(logging.driver());
    if (type == null) {
      throw new IllegalArgumentException("unknown log driver " + logging.driver());
    }
    return new LogConfig(type, Map.copyOf(logging.options()));
  }

  private static HealthCheck healthCheck(HealthProbe probe) {
    return new HealthCheck()
        .withTest(probe.test())
        .withInterval(TimeUnit.SECONDS.toNanos(probe.interval()))
        .withTimeout(TimeUnit.SECONDS.toNanos(probe.timeout()))
        .withRetries(probe.retries())
        .withStartPeriod(TimeUnit.SECONDS.toNanos(probe.startPeriod()));
  }
}

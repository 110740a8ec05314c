package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.berth.node.application.ContainerEngineException;
import dev.berth.node.application.ContainerEngineException.Kind;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.NetworkHolder;
import dev.berth.node.domain.container.NetworkHolderSpec;
import java.io.ByteArrayInputStream;
import java.util.Map;

/**
 * Makes network holders. The image and the network are looked for once in the life of this process
 * and made when they are missing; when somebody removed them since, they are made again.
 */
final class NetworkHolders {
  private static final long MEMORY_LIMIT = 6L * 1024 * 1024;

  private final DockerConnection docker;
  private final String network;
  private volatile boolean prepared;

  NetworkHolders(DockerConnection docker, String network) {
    this.docker = docker;
    this.network = network;
  }

  NetworkHolder create(NetworkHolderSpec spec) {
    return DockerErrors.call(
        DockerErrors.RESOURCES,
        () -> {
          prepare();
          try {
            return createPrepared(spec);
          } catch (NotFoundException e) {
            prepared = false;
            prepare();
            return createPrepared(spec);
          }
        });
  }

  private NetworkHolder createPrepared(NetworkHolderSpec spec) {
    String id = createOrFind(spec);
    try {
      docker.quick().startContainerCmd(id).exec();
    } catch (NotModifiedException e) {
      // It runs already: this node had made it before it was restarted.
    }
    ContainerSnapshot snapshot = Snapshots.of(docker.quick().inspectContainerCmd(id).exec());
    if (spec.ownAddress() && snapshot.ipv4Address() == null) {
      throw new ContainerEngineException(
          Kind.REJECTED,
          DockerErrors.RESOURCES + ": the task's network namespace got no address",
          null);
    }
    return new NetworkHolder(id, snapshot.ipv4Address(), snapshot.macAddress());
  }

  private String createOrFind(NetworkHolderSpec spec) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withNetworkMode(spec.ownAddress() ? network : "none")
            .withDns(spec.dnsServers())
            .withDnsSearch(spec.dnsSearchDomains())
            .withExtraHosts(spec.extraHosts().toArray(String[]::new))
            .withMemory(MEMORY_LIMIT)
            .withCpuShares(2)
            .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE));
    if (spec.shareIpc()) {
      host.withIpcMode("shareable").withShmSize(spec.shmSize());
    }
    if (!spec.sysctls().isEmpty()) {
      host.withSysctls(spec.sysctls());
    }
    CreateContainerCmd command =
        docker
            .quick()
            .createContainerCmd(HolderImage.NAME)
            .withName(spec.name())
            .withLabels(spec.labels())
            .withHostConfig(host);
    if (spec.hostname() != null) {
      command.withHostName(spec.hostname());
    }
    try {
      return command.exec().getId();
    } catch (ConflictException e) {
      return docker.quick().inspectContainerCmd(spec.name()).exec().getId();
    }
  }

  /** Sees to it that the holder's image and network are there, ahead of the first task. */
  synchronized void prepare() {
    if (prepared) {
      return;
    }
    ensureImage();
    ensureNetwork();
    prepared = true;
  }

  private void ensureImage() {
    try {
      docker.quick().inspectImageCmd(HolderImage.NAME).exec();
    } catch (NotFoundException e) {
      String architecture = docker.quick().infoCmd().exec().getArchitecture();
      byte[] image = HolderImage.tar(architecture);
      docker.quick().loadImageCmd(new ByteArrayInputStream(image)).exec();
      // Loading tells of failures in a stream that is not read; looking again does.
      docker.quick().inspectImageCmd(HolderImage.NAME).exec();
    }
  }

  private void ensureNetwork() {
    try {
      docker.quick().inspectNetworkCmd().withNetworkId(network).exec();
    } catch (NotFoundException e) {
      try {
        docker
            .quick()
            .createNetworkCmd()
            .withName(network)
            .withDriver("bridge")
            .withCheckDuplicate(true)
            .withLabels(Map.of("dev.berth.role", "network"))
            .exec();
      } catch (ConflictException other) {
        // Another node-service of this engine made it in the same moment.
      }
    }
  }
}

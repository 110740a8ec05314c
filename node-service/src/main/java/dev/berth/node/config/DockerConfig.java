package dev.berth.node.config;

import dev.berth.node.domain.container.HostPowerPolicy;
import dev.berth.node.domain.container.ImagePullBehavior;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.util.Optional;

/** How this node reaches its container engine and what it lets tasks do with the host. */
@ConfigMapping(prefix = "berth.node.docker")
public interface DockerConfig {
  /**
   * The engine's address, such as {@code unix:///var/run/docker.sock}. Absent: {@code DOCKER_HOST},
   * the current Docker context, or the usual socket.
   */
  Optional<String> host();

  /** Connections held open at most; each start of a task uses one for a moment. */
  @WithDefault("256")
  int maxConnections();

  /** Seconds the engine may take to answer a short call before DockerTimeoutError. */
  @WithDefault("120")
  int responseTimeoutSeconds();

  /** When images are pulled. The default suits machines that are not always online. */
  @WithDefault("prefer-cached")
  ImagePullBehavior imagePullBehavior();

  /**
   * A folder with one JSON file for each {@code repositoryCredentials}, named after the secret (the
   * last part of its ARN), with members {@code username} and {@code password}.
   */
  Optional<Path> repositoryCredentialsDir();

  /** The name of the network that gives awsvpc tasks their addresses; made when missing. */
  @WithDefault("berth")
  String network();

  /** What containers may do to this machine. */
  HostPower hostPower();

  /** Powers over the host, each off unless the machine's owner switches it on. */
  interface HostPower {
    @WithDefault("false")
    boolean privileged();

    @WithDefault("false")
    boolean hostMounts();

    @WithDefault("false")
    boolean hostNetwork();

    @WithDefault("false")
    boolean hostNamespaces();

    @WithDefault("false")
    boolean devices();

    @WithDefault("false")
    @WithName("added-capabilities")
    boolean addedCapabilities();

    /** The same as a value. */
    default HostPowerPolicy policy() {
      return new HostPowerPolicy(
          privileged(),
          hostMounts(),
          hostNetwork(),
          hostNamespaces(),
          devices(),
          addedCapabilities());
    }
  }
}

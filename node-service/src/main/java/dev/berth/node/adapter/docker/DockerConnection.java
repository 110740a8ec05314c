package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Two clients of one engine: one for calls that are answered at once, which time out, and one for
 * streams, pulls and stops, which may take as long as they like. Connections are pooled and kept
 * open, since opening one costs more than most calls.
 */
final class DockerConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final DockerClient quick;
  private final DockerClient patient;

  /**
   * @param host the engine's address; empty for {@code DOCKER_HOST} or the usual socket
   */
  DockerConnection(Optional<String> host, int maxConnections, Duration responseTimeout) {
    // The API version is left unknown: an engine then answers in its own, however old it is.
    DefaultDockerClientConfig.Builder builder =
        DefaultDockerClientConfig.createDefaultConfigBuilder();
    host.ifPresent(builder::withDockerHost);
    DefaultDockerClientConfig config = builder.build();
    quick = client(config, maxConnections, responseTimeout);
    patient = client(config, maxConnections, null);
  }

  private static DockerClient client(
      DefaultDockerClientConfig config, int maxConnections, Duration responseTimeout) {
    ZerodepDockerHttpClient.Builder transport =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .maxConnections(maxConnections)
            .connectionTimeout(CONNECT_TIMEOUT);
    if (responseTimeout != null) {
      transport.responseTimeout(responseTimeout);
    }
    return DockerClientImpl.getInstance(config, transport.build());
  }

  /** For calls that are answered at once. */
  DockerClient quick() {
    return quick;
  }

  /** For calls that may take long. */
  DockerClient patient() {
    return patient;
  }

  @Override
  public void close() {
    try (quick;
        patient) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

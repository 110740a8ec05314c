package dev.berth.standalone.docker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * Where Docker Engine listens.
 *
 * @param value as {@code DOCKER_HOST} has it: {@code unix:///path} or {@code tcp://host:port}
 * @param configured whether {@code DOCKER_HOST} says so
 */
public record DockerAddress(String value, boolean configured) {
  private static final String DEFAULT = "unix:///var/run/docker.sock";
  private static final String UNIX = "unix://";

  /** From {@code DOCKER_HOST}, else the usual socket. */
  public static DockerAddress of(Map<String, String> environment) {
    String host = environment.get("DOCKER_HOST");
    return host == null || host.isBlank()
        ? new DockerAddress(DEFAULT, false)
        : new DockerAddress(host, true);
  }

  SocketChannel connect() throws IOException {
    return SocketChannel.open(socket());
  }

  private SocketAddress socket() {
    if (value.startsWith(UNIX)) {
      return UnixDomainSocketAddress.of(value.substring(UNIX.length()));
    }
    URI uri = URI.create(value);
    if (!"tcp".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
      throw new DockerException(
          "DOCKER_HOST=" + value + " is neither unix:///path nor tcp://host:port");
    }
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }
}

package dev.berth.node.domain.container;

import java.util.List;

/**
 * How a container is connected.
 *
 * @param mode {@code bridge}, {@code host}, {@code none}, the name of a network, or {@code
 *     container:<name>} to join the namespace of another container
 * @param ports ports published on the host; empty unless the mode publishes any
 * @param links {@code container:alias}, for the default bridge
 * @param extraHosts {@code name:address}
 */
public record ContainerNetworking(
    String mode,
    List<PublishedPort> ports,
    List<String> links,
    List<String> dnsServers,
    List<String> dnsSearchDomains,
    List<String> extraHosts) {
  public ContainerNetworking {
    ports = List.copyOf(ports);
    links = List.copyOf(links);
    dnsServers = List.copyOf(dnsServers);
    dnsSearchDomains = List.copyOf(dnsSearchDomains);
    extraHosts = List.copyOf(extraHosts);
  }

  /** Connected in {@code mode} and nothing else. */
  public static ContainerNetworking of(String mode) {
    return new ContainerNetworking(mode, List.of(), List.of(), List.of(), List.of(), List.of());
  }
}

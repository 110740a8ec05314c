package dev.berth.node.domain.container;

import java.util.List;
import java.util.Map;

/**
 * The tiny container that holds the namespaces which the containers of a task share: the network of
 * an awsvpc task, and the PID and IPC namespaces of {@code pidMode} and {@code ipcMode} task.
 *
 * @param ownAddress true for a network namespace with an address on Berth's network; false for one
 *     without any network, when only PID or IPC are shared
 * @param shareIpc whether other containers join its IPC namespace
 * @param shmSize bytes of the shared memory that comes with that namespace; null for the engine's
 *     default
 */
public record NetworkHolderSpec(
    String name,
    Map<String, String> labels,
    boolean ownAddress,
    boolean shareIpc,
    Long shmSize,
    String hostname,
    List<String> dnsServers,
    List<String> dnsSearchDomains,
    List<String> extraHosts,
    Map<String, String> sysctls) {
  public NetworkHolderSpec {
    labels = Map.copyOf(labels);
    dnsServers = List.copyOf(dnsServers);
    dnsSearchDomains = List.copyOf(dnsSearchDomains);
    extraHosts = List.copyOf(extraHosts);
    sysctls = Map.copyOf(sysctls);
  }
}

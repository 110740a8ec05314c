package dev.berth.e2e.multihost;

import dev.berth.e2e.Commands;
import dev.berth.standalone.docker.Packages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A switch of its own on this machine, to which hosts (network namespaces) are plugged in by veth
 * pairs; a plug can be pulled. Nothing of it leaves the machine.
 */
final class HostNetwork implements AutoCloseable {
  private static final int FIRST_HOST = 10;

  private final String bridge;
  private final String prefix;
  private final List<String> namespaces = new ArrayList<>();

  HostNetwork() {
    int subnet = freeSubnet();
    bridge = "berth-br" + subnet;
    prefix = "10.213." + subnet + ".";
    ip("link", "add", bridge, "type", "bridge");
    ip("addr", "add", address() + "/24", "dev", bridge);
    ip("link", "set", bridge, "up");
  }

  /** Why there can be no such network here; installs {@code ip} where only that is missing. */
  static Optional<String> missing(Path logs) {
    Optional<List<String>> root = Packages.asRoot();
    if (root.isEmpty() || !root.get().isEmpty()) {
      return Optional.of("needs root for network namespaces");
    }
    if (Packages.program("ip").isEmpty()) {
      if (Packages.program("apt-get").isEmpty()) {
        return Optional.of("needs the program ip (iproute2)");
      }
      System.out.println("Multi-host stories: installing iproute2.");
      Packages.run(List.of(), Packages.aptInstall("iproute2"), logs.resolve("install.log"));
    }
    if (!Commands.works("ip", "netns", "add", "berth-probe")) {
      return Optional.of("can't make network namespaces here (ip netns add fails)");
    }
    Commands.works("ip", "netns", "del", "berth-probe");
    return Optional.empty();
  }

  /** The address of this machine on the switch. */
  String address() {
    return prefix + "1";
  }

  String address(int host) {
    return prefix + (FIRST_HOST + host);
  }

  /** Makes a host's namespace and plugs it in. */
  String plugIn(int host) {
    String namespace = namespace(host);
    ip("netns", "add", namespace);
    namespaces.add(namespace);
    ip("link", "add", veth(host), "type", "veth", "peer", "name", "eth0", "netns", namespace);
    ip("link", "set", veth(host), "master", bridge, "up");
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "addr", "add", address(host) + "/24", "dev", "eth0");
    ip("-n", namespace, "link", "set", "eth0", "up");
    // No route leads out: a look-up by a name server fails at once instead of waiting for it.
    return namespace;
  }

  /** Takes a host's namespace away once nothing runs in it any more. */
  void unplug(int host) {
    ip("link", "del", veth(host));
    ip("netns", "del", namespace(host));
    namespaces.remove(namespace(host));
  }

  /** Pulls a host's plug: nothing reaches it, and it reaches nothing. */
  void cut(int host) {
    ip("link", "set", veth(host), "down");
  }

  void mend(int host) {
    ip("link", "set", veth(host), "up");
  }

  /** A command that runs within a namespace, with the mounts of this machine. */
  static List<String> within(String namespace, List<String> command) {
    List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
    all.addAll(command);
    return all;
  }

  @Override
  public void close() {
    namespaces.forEach(namespace -> Commands.works("ip", "netns", "del", namespace));
    Commands.works("ip", "link", "del", bridge);
  }

  private String namespace(int host) {
    return bridge + "-" + host;
  }

  private String veth(int host) {
    return bridge + "-v" + host;
  }

  private static int freeSubnet() {
    String addresses =
        Commands.run(Path.of("."), Map.of(), List.of("ip", "-4", "addr", "show")).orThrow();
    for (int subnet = 1; subnet < 250; subnet++) {
      if (!addresses.contains("10.213." + subnet + ".")) {
        return subnet;
      }
    }
    throw new IllegalStateException("No free subnet in 10.213.0.0/16");
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Commands.run(Path.of("."), Map.of(), command).orThrow();
  }
}

package dev.berth.node.domain.container;

import dev.berth.contracts.Capabilities;
import java.util.ArrayList;
import java.util.List;

/** What the owner of this machine lets containers do to it. */
public record HostPowerPolicy(
    boolean privileged,
    boolean hostMounts,
    boolean hostNetwork,
    boolean hostNamespaces,
    boolean devices,
    boolean addedCapabilities) {
  /** Everything allowed. */
  public static HostPowerPolicy all() {
    return new HostPowerPolicy(true, true, true, true, true, true);
  }

  /** Nothing allowed. */
  public static HostPowerPolicy none() {
    return new HostPowerPolicy(false, false, false, false, false, false);
  }

  /** The attributes that tell placement what is allowed here. */
  public List<String> attributes() {
    List<String> names = new ArrayList<>();
    addIf(names, privileged, Capabilities.PRIVILEGED);
    addIf(names, hostMounts, Capabilities.HOST_MOUNTS);
    addIf(names, hostNetwork, Capabilities.HOST_NETWORK);
    addIf(names, hostNamespaces, Capabilities.HOST_NAMESPACES);
    addIf(names, devices, Capabilities.DEVICES);
    addIf(names, addedCapabilities, Capabilities.ADDED_CAPABILITIES);
    return List.copyOf(names);
  }

  private static void addIf(List<String> names, boolean allowed, String name) {
    if (allowed) {
      names.add(name);
    }
  }
}

package dev.berth.lb.domain;

import java.util.Optional;
import java.util.Set;

/**
 * Which targets may be registered by hand. Whoever may write a target group must not reach through
 * the balancer what only this machine's own processes may reach.
 *
 * @param allowLoopback whether addresses of this machine itself are allowed
 * @param controlPlanePorts ports that no target registered by hand may have
 */
public record ManualTargetPolicy(boolean allowLoopback, Set<Integer> controlPlanePorts) {
  public ManualTargetPolicy {
    controlPlanePorts = Set.copyOf(controlPlanePorts);
  }

  /** Why the target isn't used, or nothing when it may be. */
  public Optional<String> refusal(String host, int port) {
    if (host == null || host.isBlank() || port < 1 || port > 65535) {
      return Optional.of("A target needs a host and a port from 1 to 65535");
    }
    if (controlPlanePorts.contains(port)) {
      return Optional.of("Port " + port + " belongs to the control plane");
    }
    if (allowLoopback) {
      return Optional.empty();
    }
    if (!isPlainAddress(host)) {
      return Optional.of(
          host + " is no IP address; a name could come to mean another address later");
    }
    if (isThisMachine(host)) {
      return Optional.of(host + " is an address of the load balancer's own machine");
    }
    return Optional.empty();
  }

  private static boolean isPlainAddress(String host) {
    return host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
        || (host.indexOf(':') >= 0 && host.matches("[0-9a-fA-F:.]+"));
  }

  private static boolean isThisMachine(String host) {
    if (host.indexOf(':') < 0) {
      return host.startsWith("127.")
          || host.startsWith("0.")
          || host.startsWith("169.254.")
          || host.startsWith("0");
    }
    String address = host.toLowerCase(java.util.Locale.ROOT);
    // "::", "::1", and every way to write an IPv4 address as an IPv6 one.
    return address.startsWith("::")
        || address.startsWith("fe8")
        || address.startsWith("fe9")
        || address.startsWith("fea")
        || address.startsWith("feb")
        || address.matches("0*(:0*)*:0*1?")
        || address.contains(":ffff:");
  }
}

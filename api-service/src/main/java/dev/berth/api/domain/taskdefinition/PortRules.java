package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PortMapping;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ECS's rules for port mappings, each by itself and all of a task together. */
public final class PortRules {
  private static final Set<String> APP_PROTOCOLS = Set.of("http", "http2", "grpc");
  private static final int MOST_PORTS = 100;

  private PortRules() {}

  static void check(List<ContainerDefinition> containers, NetworkMode mode, Violations violations) {
    Set<String> hostPorts = new HashSet<>();
    Set<String> containerPorts = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int c = 0; c < containers.size(); c++) {
      List<PortMapping> mappings = containers.get(c).portMappings();
      String list = "containerDefinitions[" + c + "].portMappings";
      violations.require(
          mappings.isEmpty() || mode != NetworkMode.NONE, list, "is not for network mode none");
      violations.atMost(list, mappings, 100);
      for (int i = 0; i < mappings.size(); i++) {
        PortMapping mapping = mappings.get(i);
        String at = list + "[" + i + "]";
        one(at, mapping, mode, violations);
        if (mapping.name() != null) {
          violations.require(
              names.add(mapping.name()), at + ".name", "must be unique within the task definition");
        }
        if (mapping.hostPort() != null && mapping.hostPort() > 0 && mode != NetworkMode.AWSVPC) {
          violations.require(
              hostPorts.add(mapping.hostPort() + "/" + mapping.protocolOrDefault()),
              at + ".hostPort",
              "is taken twice: " + mapping.hostPort());
        }
        // In host and awsvpc mode all containers of a task share one set of ports.
        if (mode == NetworkMode.HOST || mode == NetworkMode.AWSVPC) {
          boolean range = mapping.containerPortRange() != null;
          violations.require(
              free(containerPorts, mapping),
              at + (range ? ".containerPortRange" : ".containerPort"),
              "is taken twice: "
                  + (range ? mapping.containerPortRange() : mapping.containerPort()));
        }
      }
    }
  }

  /** Takes the ports of a mapping; false if one of them is taken already. */
  private static boolean free(Set<String> taken, PortMapping mapping) {
    int[] bounds =
        mapping.containerPortRange() != null
            ? bounds(mapping.containerPortRange())
            : mapping.containerPort() == null
                ? new int[0]
                : new int[] {mapping.containerPort(), mapping.containerPort()};
    boolean free = true;
    for (int port = bounds.length == 2 ? bounds[0] : 1;
        bounds.length == 2 && port <= Math.min(bounds[1], 65535);
        port++) {
      free &= taken.add(port + "/" + mapping.protocolOrDefault());
    }
    return free;
  }

  private static void one(String at, PortMapping mapping, NetworkMode mode, Violations violations) {
    if (mapping.containerPortRange() != null) {
      range(at, mapping, mode, violations);
    } else if (violations.present(at + ".containerPort", mapping.containerPort())) {
      violations.range(at + ".containerPort", mapping.containerPort(), 1, 65535);
    }
    violations.range(at + ".hostPort", mapping.hostPort(), 0, 65535);
    boolean same = mode == NetworkMode.HOST || mode == NetworkMode.AWSVPC;
    violations.require(
        !same || mapping.hostPort() == null || mapping.hostPort().equals(mapping.containerPort()),
        at + ".hostPort",
        "must be absent or the same as containerPort in network modes host and awsvpc");
    violations.oneOf(at + ".appProtocol", mapping.appProtocol(), APP_PROTOCOLS);
    if (mapping.name() != null) {
      violations.require(
          mapping.name().matches("[a-z0-9_][a-z0-9_-]{0,63}"),
          at + ".name",
          "must be up to 64 lower-case letters, digits, hyphens and underscores");
    }
  }

  /** ECS: in bridge and awsvpc mode, at most 100 ports, and the host ports are chosen. */
  private static void range(
      String at, PortMapping mapping, NetworkMode mode, Violations violations) {
    String range = at + ".containerPortRange";
    violations.require(
        mode == NetworkMode.BRIDGE || mode == NetworkMode.AWSVPC,
        range,
        "is for network modes bridge and awsvpc");
    violations.require(
        mapping.containerPort() == null && mapping.hostPort() == null,
        range,
        "stands instead of containerPort and hostPort");
    int[] bounds = bounds(mapping.containerPortRange());
    violations.require(
        bounds.length == 2
            && bounds[0] >= 1
            && bounds[0] <= bounds[1]
            && bounds[1] <= 65535
            && bounds[1] - bounds[0] < MOST_PORTS,
        range,
        "must be two ports with a hyphen, such as 7000-7010, for at most " + MOST_PORTS + " ports");
  }

  /** The first and the last port of a range; nothing of what isn't one. */
  private static int[] bounds(String range) {
    return range.matches("\\d{1,5}-\\d{1,5}")
        ? Arrays.stream(range.split("-")).mapToInt(Integer::parseInt).toArray()
        : new int[0];
  }

  /** Whether a mapping is of a port, by itself or among others. */
  public static boolean maps(PortMapping mapping, Integer port) {
    if (port == null || mapping.containerPortRange() == null) {
      return port != null && port.equals(mapping.containerPort());
    }
    int[] bounds = bounds(mapping.containerPortRange());
    return bounds.length == 2 && bounds[0] <= port && port <= bounds[1];
  }
}

package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PortMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ECS's rules for port mappings, each by itself and all of a task together. */
final class PortRules {
  private static final Set<String> APP_PROTOCOLS = Set.of("http", "http2", "grpc");

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
        if (mapping.containerPort() != null
            && (mode == NetworkMode.HOST || mode == NetworkMode.AWSVPC)) {
          violations.require(
              containerPorts.add(mapping.containerPort() + "/" + mapping.protocolOrDefault()),
              at + ".containerPort",
              "is taken twice: " + mapping.containerPort());
        }
      }
    }
  }

  private static void one(String at, PortMapping mapping, NetworkMode mode, Violations violations) {
    violations.require(
        mapping.containerPortRange() == null,
        at + ".containerPortRange",
        "is not supported; list the ports one by one");
    if (violations.present(at + ".containerPort", mapping.containerPort())) {
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
}

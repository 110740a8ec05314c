package dev.berth.standalone.suite;

import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.Ports;
import dev.berth.standalone.join.JoinToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of each service as environment variables, which, unlike a command line, other users
 * of the machine can't read.
 */
final class ServiceEnvironment {
  static final String LOOPBACK = "127.0.0.1";
  private static final String ZONES = "abcdefghijklmnopqrstuvwxyz";

  private final BerthHome home;
  private final Installation installation;

  ServiceEnvironment(BerthHome home, Installation installation) {
    this.home = home;
    this.installation = installation;
  }

  Map<String, String> api() {
    Map<String, String> properties = shared(LOOPBACK, installation.ports().api());
    properties.put(
        "berth.postgres.url",
        "postgresql://%s:%d/berth".formatted(LOOPBACK, installation.ports().postgres()));
    properties.put("berth.postgres.username", "berth");
    properties.put("berth.postgres.password", installation.postgresPassword());
    properties.put("berth.account-id", installation.accountId());
    properties.put("berth.region", installation.region());
    properties.put("berth.api.admin-token-file", home.credentials().toString());
    properties.put("berth.secrets-key-file", home.secretsKey().toString());
    properties.put("berth.node-token", installation.nodeToken());
    properties.put("berth.load-balancing.control-plane-ports", reservedPorts());
    return variables(properties);
  }

  Map<String, String> scheduler() {
    return scheduler("scheduler-1", installation.ports().scheduler());
  }

  Map<String, String> scheduler(String instanceId, int port) {
    Map<String, String> properties = shared(LOOPBACK, port);
    properties.put("berth.scheduler.instance-id", instanceId);
    return variables(properties);
  }

  Map<String, String> lb() {
    Map<String, String> properties = shared(LOOPBACK, installation.ports().lb());
    properties.put("berth.lb.instance-id", "lb-1");
    properties.put("berth.lb.bind-address", installation.bindAddress());
    properties.put("berth.lb.control-plane-ports", reservedPorts());
    properties.put("berth.lb.state-file", home.lbData().resolve("configuration.json").toString());
    properties.put("berth.lb.access-logs", home.logs().resolve("access").toString());
    properties.put("berth.secrets-key-file", home.secretsKey().toString());
    return variables(properties);
  }

  /** A node on the first machine, counted from 1. */
  Map<String, String> node(int number, Capacity capacity) {
    Map<String, String> properties =
        node(nodeName(number), LOOPBACK, installation.ports().ofNode(number), capacity);
    properties.put("berth.node.availability-zone", zone(number));
    return variables(properties);
  }

  /** One more node on the first machine, for the time of a test, in a cluster of its own. */
  Map<String, String> furtherNode(
      String name, String cluster, String containerInstanceArn, int port, Capacity capacity) {
    Map<String, String> properties = node(name, LOOPBACK, port, capacity);
    properties.put("berth.node.cluster", cluster);
    if (containerInstanceArn != null) {
      properties.put("berth.node.container-instance-arn", containerInstanceArn);
    }
    properties.put("berth.node.availability-zone", zone(1));
    return variables(properties);
  }

  /** The node of a further machine. */
  Map<String, String> joinedNode(Capacity capacity) {
    Map<String, String> properties =
        node(
            installation.nodeName(),
            installation.advertise(),
            installation.ports().node(),
            capacity);
    JoinToken token = installation.joined();
    properties.put("berth.kafka.bootstrap-servers", token.kafkaBootstrapServers());
    token.kafkaSecurity().forEach((key, value) -> properties.put("kafka." + key, value));
    properties.put("berth.node.availability-zone", "local-" + installation.nodeName());
    return variables(properties);
  }

  static String nodeName(int number) {
    return "node-" + number;
  }

  /** local-1a, local-1b, ... */
  static String zone(int number) {
    return "local-1" + ZONES.charAt((number - 1) % ZONES.length());
  }

  private Map<String, String> node(String name, String address, int port, Capacity capacity) {
    Map<String, String> properties = shared(address, port);
    properties.put("berth.node.name", name);
    properties.put("berth.node.cluster", "default");
    properties.put("berth.node.cpu", Integer.toString(capacity.cpu()));
    properties.put("berth.node.memory", Integer.toString(capacity.memory()));
    properties.put("berth.node.data-dir", home.nodeData(name).toString());
    properties.put("berth.node.host-address", address);
    properties.put("berth.node.logs-url", "http://" + address + ":" + port);
    properties.put("berth.node.reserved-ports", reservedPorts());
    properties.put("berth.node-token", installation.nodeToken());
    // The owner of this machine started it: its containers may do what they ask for.
    for (String power :
        new String[] {
          "privileged",
          "host-mounts",
          "host-network",
          "host-namespaces",
          "devices",
          "added-capabilities"
        }) {
      properties.put("berth.node.docker.host-power." + power, "true");
    }
    return properties;
  }

  /** Ports that no task of this machine can have: ECS's own, and those of Berth. */
  private String reservedPorts() {
    Ports ports = installation.ports();
    List<Integer> reserved = new ArrayList<>(List.of(22, 2375, 2376, 51678));
    if (installation.joined() == null) {
      reserved.addAll(
          List.of(
              ports.api(),
              ports.scheduler(),
              ports.lb(),
              ports.kafka(),
              ports.kafkaExternal(),
              ports.postgres()));
    }
    for (int number = 1; number <= installation.nodes(); number++) {
      reserved.add(ports.ofNode(number));
    }
    return reserved.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private Map<String, String> shared(String address, int port) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("berth.installation-id", installation.installationId());
    properties.put("berth.kafka.bootstrap-servers", LOOPBACK + ":" + installation.ports().kafka());
    properties.put("quarkus.http.host", address);
    properties.put("quarkus.http.port", Integer.toString(port));
    return properties;
  }

  private static Map<String, String> variables(Map<String, String> properties) {
    Map<String, String> variables = new TreeMap<>();
    properties.forEach((name, value) -> variables.put(variable(name), value));
    return variables;
  }

  /** The name MicroProfile Config looks a property up by in the environment. */
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}

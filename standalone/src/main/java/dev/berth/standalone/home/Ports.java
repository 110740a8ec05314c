package dev.berth.standalone.home;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ports of an installation.
 *
 * @param node port of the first node; the others follow in steps of ten
 * @param kafkaExternal where nodes of other machines reach Kafka
 */
public record Ports(
    int api, int scheduler, int node, int lb, int kafka, int kafkaExternal, int postgres) {
  private static final int NODE_STEP = 10;
  private static final int HIGHEST = 65535;

  public static final Ports DEFAULT = new Ports(8080, 8081, 8082, 8083, 19092, 19093, 15432);

  /** Port of a node, counted from 1. */
  public int ofNode(int number) {
    return node + (number - 1) * NODE_STEP;
  }

  /** Why an installation of so many nodes can't have these ports; empty where it can. */
  public Optional<String> refusal(int nodes) {
    Map<String, Integer> byOption = new LinkedHashMap<>();
    byOption.put("--api-port", api);
    byOption.put("--scheduler-port", scheduler);
    byOption.put("--lb-port", lb);
    byOption.put("--kafka-port", kafka);
    byOption.put("--kafka-external-port", kafkaExternal);
    byOption.put("--postgres-port", postgres);
    for (int number = 1; number <= nodes; number++) {
      byOption.put("--node-port" + (number == 1 ? "" : " of node " + number), ofNode(number));
    }
    Map<Integer, String> owners = new HashMap<>();
    for (Map.Entry<String, Integer> port : byOption.entrySet()) {
      if (port.getValue() < 1 || port.getValue() > HIGHEST) {
        return Optional.of(
            "%s must be from 1 to %d, not %d".formatted(port.getKey(), HIGHEST, port.getValue()));
      }
      String other = owners.put(port.getValue(), port.getKey());
      if (other != null) {
        return Optional.of(
            "%s and %s can't both be %d".formatted(other, port.getKey(), port.getValue()));
      }
    }
    return Optional.empty();
  }

  public Ports withApi(int value) {
    return new Ports(value, scheduler, node, lb, kafka, kafkaExternal, postgres);
  }

  public Ports withKafka(int value) {
    return new Ports(api, scheduler, node, lb, value, kafkaExternal, postgres);
  }

  public Ports withPostgres(int value) {
    return new Ports(api, scheduler, node, lb, kafka, kafkaExternal, value);
  }

  public Ports withScheduler(int value) {
    return new Ports(api, value, node, lb, kafka, kafkaExternal, postgres);
  }

  public Ports withNode(int value) {
    return new Ports(api, scheduler, value, lb, kafka, kafkaExternal, postgres);
  }

  public Ports withLb(int value) {
    return new Ports(api, scheduler, node, value, kafka, kafkaExternal, postgres);
  }

  public Ports withKafkaExternal(int value) {
    return new Ports(api, scheduler, node, lb, kafka, value, postgres);
  }
}

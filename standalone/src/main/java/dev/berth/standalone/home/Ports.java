package dev.berth.standalone.home;

/**
 * The ports of an installation.
 *
 * @param node port of the first node; the others follow in steps of ten
 * @param kafkaExternal where nodes of other machines reach Kafka
 */
public record Ports(
    int api, int scheduler, int node, int lb, int kafka, int kafkaExternal, int postgres) {
  private static final int NODE_STEP = 10;

  public static final Ports DEFAULT = new Ports(8080, 8081, 8082, 8083, 19092, 19093, 15432);

  /** Port of a node, counted from 1. */
  public int ofNode(int number) {
    return node + (number - 1) * NODE_STEP;
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

package dev.berth.contracts;

import java.nio.charset.StandardCharsets;

/**
 * Which partition a record goes to. The counts never change over the life of an installation. The
 * hash is FNV-1a (32 bits) over UTF-8, so that any client in any language can compute it.
 */
public record Partitions(int byCluster, int byInstance, int byResource) {
  /** The counts of a new installation. */
  public static final Partitions DEFAULT = new Partitions(8, 16, 4);

  public Partitions {
    if (byCluster < 1 || byInstance < 1 || byResource < 1) {
      throw new IllegalArgumentException("Partition counts start at 1");
    }
  }

  public int ofCluster(String cluster) {
    return hash(cluster, byCluster);
  }

  public int ofInstance(String containerInstanceId) {
    return hash(containerInstanceId, byInstance);
  }

  public int ofResource(String resource) {
    return hash(resource, byResource);
  }

  /** How many partitions a topic has. */
  public int countOf(Topic topic) {
    return switch (topic.partitionedBy()) {
      case CLUSTER -> byCluster;
      case INSTANCE -> byInstance;
      case RESOURCE -> byResource;
      case NOTHING -> 1;
    };
  }

  private static int hash(String text, int count) {
    int hash = 0x811c9dc5;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    return Integer.remainderUnsigned(hash, count);
  }
}

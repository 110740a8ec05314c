package dev.berth.contracts.cluster;

/** A cluster's state (ECS: Cluster, {@code status}). */
public enum ClusterStatus {
  ACTIVE,
  INACTIVE
}

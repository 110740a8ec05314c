package dev.berth.lb.domain;

/**
 * Where a target is. {@code cluster} and {@code taskId} are null for a target registered by hand.
 *
 * @param zone the zone it is in; null when nobody says
 */
public record Target(
    TargetKey key, String host, int port, String cluster, String taskId, String zone) {
  public Target(TargetKey key, String host, int port, String cluster, String taskId) {
    this(key, host, port, cluster, taskId, null);
  }

  public static Target byHand(TargetKey key, String host, int port) {
    return new Target(key, host, port, null, null, null);
  }

  public boolean isByHand() {
    return taskId == null;
  }

  /** Whether traffic goes to another place than {@code other}'s. */
  public boolean movedFrom(Target other) {
    return port != other.port || !host.equals(other.host);
  }
}

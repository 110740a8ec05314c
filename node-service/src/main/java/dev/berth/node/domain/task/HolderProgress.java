package dev.berth.node.domain.task;

/**
 * The container that holds a task's shared namespaces, as its node knows it.
 *
 * @param address the task's IPv4 address, or {@code null} when it has none of its own
 */
public record HolderProgress(Phase phase, String runtimeId, String address, String macAddress) {
  /** How far the holder has come, in order. */
  public enum Phase {
    WAITING,
    STARTING,
    READY,
    STOPPING,
    STOPPED
  }

  static HolderProgress waiting() {
    return new HolderProgress(Phase.WAITING, null, null, null);
  }

  HolderProgress in(Phase next) {
    return new HolderProgress(next, runtimeId, address, macAddress);
  }
}

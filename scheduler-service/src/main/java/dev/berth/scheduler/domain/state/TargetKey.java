package dev.berth.scheduler.domain.state;

/** The parts of a target status' key, {@code targetGroupArn|taskId:port|lbInstanceId}. */
record TargetKey(String targetKey, String taskId, String lbInstanceId) {
  /** The parts, or null for a key of another form. */
  static TargetKey of(String key) {
    int balancer = key.lastIndexOf('|');
    int target = key.lastIndexOf('|', balancer - 1);
    int port = key.lastIndexOf(':', balancer);
    return balancer < 0 || target < 0 || port < target
        ? null
        : new TargetKey(
            key.substring(0, balancer),
            key.substring(target + 1, port),
            key.substring(balancer + 1));
  }
}

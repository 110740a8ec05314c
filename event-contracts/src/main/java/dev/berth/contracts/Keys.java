package dev.berth.contracts;

/** The keys of Berth's topics. */
public final class Keys {
  private Keys() {}

  /** {@code cluster/serviceName}. */
  public static String service(String cluster, String serviceName) {
    return cluster + "/" + serviceName;
  }

  /** {@code targetGroupArn|targetId}. */
  public static String target(String targetGroupArn, String targetId) {
    return targetGroupArn + "|" + targetId;
  }

  /** {@code targetGroupArn|targetId|lbInstanceId}. */
  public static String targetStatus(String targetGroupArn, String targetId, String lbInstanceId) {
    return target(targetGroupArn, targetId) + "|" + lbInstanceId;
  }

  /** {@code loadBalancerArn|lbInstanceId}. */
  public static String loadBalancerStatus(String loadBalancerArn, String lbInstanceId) {
    return loadBalancerArn + "|" + lbInstanceId;
  }

  /** {@code taskId:containerPort}, the id of a task's port within a target group. */
  public static String targetId(String taskId, int containerPort) {
    return taskId + ":" + containerPort;
  }
}

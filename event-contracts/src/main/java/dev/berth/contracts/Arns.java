package dev.berth.contracts;

/**
 * Amazon resource names in the long format. The region and account are those of the cluster, so
 * that a service which knows a cluster's ARN can name what belongs to it.
 */
public final class Arns {
  private Arns() {}

  public static String cluster(String region, String account, String cluster) {
    return "arn:aws:ecs:" + region + ":" + account + ":cluster/" + cluster;
  }

  public static String service(String clusterArn, String serviceName) {
    return within(clusterArn, "service", serviceName);
  }

  /** A service deployment's ARN; {@code id} is its last part. */
  public static String serviceDeployment(String clusterArn, String serviceName, String id) {
    return within(clusterArn, "service-deployment", serviceName + "/" + id);
  }

  /** A service revision's ARN; {@code id} is its last part. */
  public static String serviceRevision(String clusterArn, String serviceName, String id) {
    return within(clusterArn, "service-revision", serviceName + "/" + id);
  }

  /** A task set's ARN; {@code id} looks like {@code ecs-svc/1234567890123456789}. */
  public static String taskSet(String clusterArn, String serviceName, String id) {
    return within(clusterArn, "task-set", serviceName + "/" + id);
  }

  public static String task(String clusterArn, String taskId) {
    return within(clusterArn, "task", taskId);
  }

  public static String containerInstance(String clusterArn, String containerInstanceId) {
    return within(clusterArn, "container-instance", containerInstanceId);
  }

  public static String container(String clusterArn, String taskId, String containerId) {
    return within(clusterArn, "container", taskId + "/" + containerId);
  }

  public static String taskDefinition(String region, String account, String family, int revision) {
    return "arn:aws:ecs:" + region + ":" + account + ":task-definition/" + family + ":" + revision;
  }

  public static String targetGroup(String region, String account, String name, String id) {
    return "arn:aws:elasticloadbalancing:"
        + region
        + ":"
        + account
        + ":targetgroup/"
        + name
        + "/"
        + id;
  }

  public static String loadBalancer(String region, String account, String name, String id) {
    return "arn:aws:elasticloadbalancing:"
        + region
        + ":"
        + account
        + ":loadbalancer/app/"
        + name
        + "/"
        + id;
  }

  public static String listener(String loadBalancerArn, String id) {
    return loadBalancerArn.replace(":loadbalancer/", ":listener/") + "/" + id;
  }

  /** The last part of an ARN, or the text itself when it is a short name. */
  public static String shortName(String arnOrName) {
    return arnOrName.substring(arnOrName.lastIndexOf('/') + 1);
  }

  private static String within(String clusterArn, String kind, String id) {
    return clusterArn.replace(":cluster/", ":" + kind + "/") + "/" + id;
  }
}

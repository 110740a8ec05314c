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

  /** A network load balancer's; {@link #loadBalancer} is an application load balancer's. */
  public static String networkLoadBalancer(String region, String account, String name, String id) {
    return "arn:aws:elasticloadbalancing:"
        + region
        + ":"
        + account
        + ":loadbalancer/net/"
        + name
        + "/"
        + id;
  }

  /** A rule of a listener. */
  public static String listenerRule(String listenerArn, String id) {
    return listenerArn.replace(":listener/", ":listener-rule/") + "/" + id;
  }

  public static String certificate(String region, String account, String id) {
    return "arn:aws:acm:" + region + ":" + account + ":certificate/" + id;
  }

  public static String listener(String loadBalancerArn, String id) {
    return loadBalancerArn.replace(":loadbalancer/", ":listener/") + "/" + id;
  }

  /** The name in a target group's ARN, or the text itself. */
  public static String targetGroupName(String arnOrName) {
    int at = arnOrName.indexOf(":targetgroup/");
    if (at < 0) {
      return arnOrName;
    }
    String rest = arnOrName.substring(at + ":targetgroup/".length());
    return rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
  }

  /** The name in the ARN of a load balancer, of its listeners or rules, or the text itself. */
  public static String loadBalancerName(String arnOrName) {
    int at = arnOrName.indexOf('/');
    String[] parts = at < 0 ? new String[0] : arnOrName.substring(at + 1).split("/", -1);
    return parts.length >= 3 && (parts[0].equals("app") || parts[0].equals("net"))
        ? parts[1]
        : arnOrName;
  }

  /** The last part of an ARN, or the text itself when it is a short name. */
  public static String shortName(String arnOrName) {
    return arnOrName.substring(arnOrName.lastIndexOf('/') + 1);
  }

  private static String within(String clusterArn, String kind, String id) {
    return clusterArn.replace(":cluster/", ":" + kind + "/") + "/" + id;
  }
}

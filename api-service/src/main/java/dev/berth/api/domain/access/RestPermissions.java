package dev.berth.api.domain.access;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which permission each call of the REST API needs: the one that the same call of the AWS API
 * needs, so that one policy holds for both; {@code iam:} for keys, {@code berth:} for what AWS
 * doesn't have. Where a path doesn't say all of an ARN, the part it leaves out is a star, and
 * {@link Policy} takes it as any.
 */
public final class RestPermissions {
  /** The permission of a path that isn't known: only a policy that allows everything has it. */
  static final String UNKNOWN = "berth:UnknownPath";

  /** Makes a resource of the parts of a path and the members of a body. */
  private interface Resource {
    String of(Identity identity, List<String> parts, Function<String, String> member);
  }

  /**
   * One call.
   *
   * @param path its segments, {@code {}} for a part, {@code {}+} for one that may have slashes
   */
  private record Route(String method, List<String> path, String action, Resource resource) {
    /** The parts of a path that is this one; null for another. */
    private List<String> parts(List<String> segments) {
      int greedy = path.indexOf("{}+");
      int more = segments.size() - path.size();
      if (greedy < 0 ? more != 0 : more < 0) {
        return null;
      }
      List<String> parts = new ArrayList<>();
      int at = 0;
      for (String expected : path) {
        if (expected.equals("{}+")) {
          parts.add(String.join("/", segments.subList(at, at + more + 1)));
          at += more;
        } else if (expected.equals("{}")) {
          parts.add(segments.get(at));
        } else if (!expected.equals(segments.get(at))) {
          return null;
        }
        at++;
      }
      return parts;
    }
  }

  private static final Resource NONE = (identity, parts, member) -> "*";
  private static final Resource CLUSTER =
      (identity, parts, member) -> identity.clusterArn(Arns.shortName(parts.get(0)));
  private static final Resource NEW_CLUSTER =
      (identity, parts, member) -> identity.clusterArn(member.apply("clusterName"));
  private static final Resource INSTANCE = (identity, parts, member) -> within(identity, parts);
  private static final Resource SERVICE =
      (identity, parts, member) ->
          Arns.service(
              identity.clusterArn(Arns.shortName(parts.get(0))), Arns.shortName(parts.get(1)));
  private static final Resource NEW_SERVICE =
      (identity, parts, member) ->
          Arns.service(
              identity.clusterArn(Arns.shortName(parts.get(0))), member.apply("serviceName"));
  private static final Resource TASK_SETS =
      (identity, parts, member) -> taskSet(identity, parts, "*");
  private static final Resource TASK_SET =
      (identity, parts, member) -> taskSet(identity, parts, Arns.shortName(parts.get(2)));
  private static final Resource DEPLOYMENT =
      (identity, parts, member) -> ofService(identity, "service-deployment", parts.get(0));
  private static final Resource REVISION =
      (identity, parts, member) -> ofService(identity, "service-revision", parts.get(0));
  private static final Resource TASK =
      (identity, parts, member) ->
          Arns.task(identity.clusterArn("*"), Arns.shortName(parts.get(0)));
  private static final Resource TASK_DEFINITION_TO_RUN =
      (identity, parts, member) -> taskDefinition(identity, member.apply("taskDefinition"));
  private static final Resource NEW_TASK_DEFINITION =
      (identity, parts, member) -> taskDefinition(identity, member.apply("family"));
  private static final Resource TASK_DEFINITION =
      (identity, parts, member) -> taskDefinition(identity, parts.get(0));
  private static final Resource TARGET_GROUP =
      (identity, parts, member) -> loadBalancing(identity, "targetgroup/", parts.get(0), "/*");
  private static final Resource NEW_TARGET_GROUP =
      (identity, parts, member) ->
          loadBalancing(identity, "targetgroup/", member.apply("name"), "/*");
  private static final Resource LOAD_BALANCER =
      (identity, parts, member) -> loadBalancing(identity, "loadbalancer/*/", parts.get(0), "/*");
  private static final Resource NEW_LOAD_BALANCER =
      (identity, parts, member) ->
          loadBalancing(identity, "loadbalancer/*/", member.apply("name"), "/*");
  private static final Resource LISTENER =
      (identity, parts, member) -> loadBalancing(identity, "listener/*/", parts.get(0), "/*");

  private static final Resource CERTIFICATE = (identity, parts, member) -> parts.get(0);

  private static final List<Route> ROUTES =
      List.of(
          route("GET /v1/clusters", "ecs:ListClusters", NONE),
          route("POST /v1/clusters", "ecs:CreateCluster", NEW_CLUSTER),
          route("GET /v1/clusters/{}", "ecs:DescribeClusters", CLUSTER),
          route("PATCH /v1/clusters/{}", "ecs:UpdateCluster", CLUSTER),
          route("DELETE /v1/clusters/{}", "ecs:DeleteCluster", CLUSTER),
          route("GET /v1/clusters/{}/container-instances", "ecs:ListContainerInstances", CLUSTER),
          route(
              "POST /v1/clusters/{}/container-instances", "ecs:RegisterContainerInstance", CLUSTER),
          route(
              "GET /v1/clusters/{}/container-instances/{}",
              "ecs:DescribeContainerInstances",
              INSTANCE),
          route(
              "PATCH /v1/clusters/{}/container-instances/{}",
              "ecs:UpdateContainerInstancesState",
              INSTANCE),
          route(
              "DELETE /v1/clusters/{}/container-instances/{}",
              "ecs:DeregisterContainerInstance",
              INSTANCE),
          route(
              "PUT /v1/clusters/{}/container-instances/{}/attributes",
              "ecs:PutAttributes",
              INSTANCE),
          route(
              "DELETE /v1/clusters/{}/container-instances/{}/attributes/{}",
              "ecs:DeleteAttributes",
              INSTANCE),
          route("GET /v1/clusters/{}/services", "ecs:ListServices", CLUSTER),
          route("POST /v1/clusters/{}/services", "ecs:CreateService", NEW_SERVICE),
          route("GET /v1/clusters/{}/services/{}", "ecs:DescribeServices", SERVICE),
          route("PATCH /v1/clusters/{}/services/{}", "ecs:UpdateService", SERVICE),
          route("DELETE /v1/clusters/{}/services/{}", "ecs:DeleteService", SERVICE),
          route("GET /v1/clusters/{}/services/{}/events", "ecs:DescribeServices", SERVICE),
          route(
              "GET /v1/clusters/{}/services/{}/deployments", "ecs:ListServiceDeployments", SERVICE),
          route("GET /v1/service-deployments/{}+", "ecs:DescribeServiceDeployments", DEPLOYMENT),
          route("POST /v1/service-deployments/{}+/stop", "ecs:StopServiceDeployment", DEPLOYMENT),
          route("GET /v1/service-revisions/{}+", "ecs:DescribeServiceRevisions", REVISION),
          route("GET /v1/clusters/{}/services/{}/task-sets", "ecs:DescribeTaskSets", TASK_SETS),
          route("POST /v1/clusters/{}/services/{}/task-sets", "ecs:CreateTaskSet", SERVICE),
          route("GET /v1/clusters/{}/services/{}/task-sets/{}", "ecs:DescribeTaskSets", TASK_SET),
          route("PATCH /v1/clusters/{}/services/{}/task-sets/{}", "ecs:UpdateTaskSet", TASK_SET),
          route("DELETE /v1/clusters/{}/services/{}/task-sets/{}", "ecs:DeleteTaskSet", TASK_SET),
          route(
              "PUT /v1/clusters/{}/services/{}/task-sets/{}/primary",
              "ecs:UpdateServicePrimaryTaskSet",
              SERVICE),
          route("POST /v1/clusters/{}/tasks", "ecs:RunTask", TASK_DEFINITION_TO_RUN),
          route("GET /v1/clusters/{}/tasks", "ecs:ListTasks", CLUSTER),
          route("GET /v1/tasks/{}+/logs", "logs:GetLogEvents", TASK),
          route("POST /v1/tasks/{}+/stop", "ecs:StopTask", TASK),
          route("PUT /v1/tasks/{}+/protection", "ecs:UpdateTaskProtection", TASK),
          route("GET /v1/tasks/{}+", "ecs:DescribeTasks", TASK),
          route("POST /v1/task-definitions", "ecs:RegisterTaskDefinition", NEW_TASK_DEFINITION),
          route("GET /v1/task-definitions", "ecs:ListTaskDefinitions", NONE),
          route("GET /v1/task-definitions/{}+", "ecs:DescribeTaskDefinition", TASK_DEFINITION),
          route("DELETE /v1/task-definitions/{}+", "ecs:DeregisterTaskDefinition", TASK_DEFINITION),
          route("GET /v1/task-definition-families", "ecs:ListTaskDefinitionFamilies", NONE),
          route("GET /v1/target-groups", "elasticloadbalancing:DescribeTargetGroups", NONE),
          route(
              "POST /v1/target-groups", "elasticloadbalancing:CreateTargetGroup", NEW_TARGET_GROUP),
          route(
              "GET /v1/target-groups/{}+/targets",
              "elasticloadbalancing:DescribeTargetHealth",
              TARGET_GROUP),
          route(
              "POST /v1/target-groups/{}+/targets",
              "elasticloadbalancing:RegisterTargets",
              TARGET_GROUP),
          route(
              "DELETE /v1/target-groups/{}+/targets",
              "elasticloadbalancing:DeregisterTargets",
              TARGET_GROUP),
          route(
              "GET /v1/target-groups/{}+",
              "elasticloadbalancing:DescribeTargetGroups",
              TARGET_GROUP),
          route(
              "PATCH /v1/target-groups/{}+",
              "elasticloadbalancing:ModifyTargetGroup",
              TARGET_GROUP),
          route(
              "DELETE /v1/target-groups/{}+",
              "elasticloadbalancing:DeleteTargetGroup",
              TARGET_GROUP),
          route("GET /v1/load-balancers", "elasticloadbalancing:DescribeLoadBalancers", NONE),
          route(
              "POST /v1/load-balancers",
              "elasticloadbalancing:CreateLoadBalancer",
              NEW_LOAD_BALANCER),
          route(
              "GET /v1/load-balancers/{}",
              "elasticloadbalancing:DescribeLoadBalancers",
              LOAD_BALANCER),
          route(
              "DELETE /v1/load-balancers/{}",
              "elasticloadbalancing:DeleteLoadBalancer",
              LOAD_BALANCER),
          route(
              "GET /v1/load-balancers/{}/listeners",
              "elasticloadbalancing:DescribeListeners",
              LOAD_BALANCER),
          route(
              "POST /v1/load-balancers/{}/listeners",
              "elasticloadbalancing:CreateListener",
              LOAD_BALANCER),
          route(
              "DELETE /v1/load-balancers/{}/listeners/{}",
              "elasticloadbalancing:DeleteListener",
              LISTENER),
          route(
              "GET /v1/load-balancers/{}/attributes",
              "elasticloadbalancing:DescribeLoadBalancerAttributes",
              LOAD_BALANCER),
          route(
              "PATCH /v1/load-balancers/{}/attributes",
              "elasticloadbalancing:ModifyLoadBalancerAttributes",
              LOAD_BALANCER),
          route(
              "GET /v1/load-balancers/{}/listeners/{}/rules",
              "elasticloadbalancing:DescribeRules",
              LISTENER),
          route(
              "POST /v1/load-balancers/{}/listeners/{}/rules",
              "elasticloadbalancing:CreateRule",
              LISTENER),
          route(
              "DELETE /v1/load-balancers/{}/listeners/{}/rules/{}",
              "elasticloadbalancing:DeleteRule",
              LISTENER),
          route("GET /v1/certificates", "acm:ListCertificates", NONE),
          route("POST /v1/certificates", "acm:ImportCertificate", NONE),
          route("GET /v1/certificates/{}+", "acm:DescribeCertificate", CERTIFICATE),
          route("DELETE /v1/certificates/{}+", "acm:DeleteCertificate", CERTIFICATE),
          route("GET /v1/events", "berth:FollowEvents", NONE),
          route("GET /v1/access-keys", "iam:ListAccessKeys", NONE),
          route("POST /v1/access-keys", "iam:CreateAccessKey", NONE),
          route("GET /v1/access-keys/{}", "iam:ListAccessKeys", NONE),
          route("PATCH /v1/access-keys/{}", "iam:UpdateAccessKey", NONE),
          route("DELETE /v1/access-keys/{}", "iam:DeleteAccessKey", NONE),
          route("GET /v1/tokens", "berth:ListTokens", NONE),
          route("POST /v1/tokens", "berth:CreateToken", NONE),
          route("DELETE /v1/tokens/{}", "berth:DeleteToken", NONE));

  private RestPermissions() {}

  /**
   * The permission that a call needs.
   *
   * @param segments of the path, decoded
   * @param member gives a member of the body as a text, or a star where it has none
   */
  public static Permission of(
      Identity identity, String method, List<String> segments, Function<String, String> member) {
    String asked = method.equals("HEAD") ? "GET" : method;
    for (Route route : ROUTES) {
      List<String> parts = route.method().equals(asked) ? route.parts(segments) : null;
      if (parts != null) {
        return new Permission(
            route.action(), List.of(route.resource().of(identity, parts, member)));
      }
    }
    return new Permission(UNKNOWN, List.of("*"));
  }

  private static Route route(String call, String action, Resource resource) {
    String[] methodAndPath = call.split(" /", 2);
    return new Route(methodAndPath[0], List.of(methodAndPath[1].split("/")), action, resource);
  }

  private static String within(Identity identity, List<String> parts) {
    return Arns.containerInstance(
        identity.clusterArn(Arns.shortName(parts.get(0))), Arns.shortName(parts.get(1)));
  }

  private static String taskSet(Identity identity, List<String> parts, String id) {
    return "arn:aws:ecs:%s:%s:task-set/%s/%s/%s"
        .formatted(
            identity.region(),
            identity.accountId(),
            Arns.shortName(parts.get(0)),
            Arns.shortName(parts.get(1)),
            id);
  }

  /** Which service it is of isn't looked up: whoever may act on it may on that of any service. */
  private static String ofService(Identity identity, String kind, String idOrArn) {
    return "arn:aws:ecs:%s:%s:%s/*/*/%s"
        .formatted(identity.region(), identity.accountId(), kind, Arns.shortName(idOrArn));
  }

  /** Without a revision it is the newest, which may be any. */
  private static String taskDefinition(Identity identity, String named) {
    String name = Arns.shortName(named);
    return "arn:aws:ecs:%s:%s:task-definition/%s"
        .formatted(
            identity.region(), identity.accountId(), name.indexOf(':') < 0 ? name + ":*" : name);
  }

  private static String loadBalancing(
      Identity identity, String kind, String nameOrArn, String rest) {
    String name = nameOrArn;
    if (nameOrArn.startsWith("arn:")) {
      // .../targetgroup/<name>/<id>
      String[] parts = nameOrArn.split("/", -1);
      name = parts.length < 2 ? "*" : parts[parts.length - 2];
    }
    return "arn:aws:elasticloadbalancing:%s:%s:%s%s%s"
        .formatted(identity.region(), identity.accountId(), kind, name, rest);
  }
}

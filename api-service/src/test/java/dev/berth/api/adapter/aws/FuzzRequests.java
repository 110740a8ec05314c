package dev.berth.api.adapter.aws;

import dev.berth.api.adapter.aws.ecs.LargestTaskDefinition;
import dev.berth.api.adapter.aws.json.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Valid requests of the operations that store something, and of some that look things up. */
final class FuzzRequests {
  /** An operation and a body that it takes. */
  record Valid(String operation, String json) {
    byte[] bytes() {
      return json.getBytes(StandardCharsets.UTF_8);
    }
  }

  private FuzzRequests() {}

  static List<Valid> all() {
    String definition =
        new String(
            new JsonShapes().write(LargestTaskDefinition.of("fuzz")), StandardCharsets.UTF_8);
    return List.of(
        new Valid("RegisterTaskDefinition", definition),
        new Valid(
            "CreateCluster",
            """
            {"clusterName": "fuzz", "tags": [{"key": "a", "value": "b"}],
             "settings": [{"name": "containerInsights", "value": "enabled"}],
             "capacityProviders": ["FARGATE"],
             "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1, "base": 1}],
             "configuration": {"executeCommandConfiguration": {"logging": "NONE"}}}
            """),
        new Valid(
            "CreateService",
            """
            {"serviceName": "fuzz", "cluster": "fuzz", "taskDefinition": "fuzz", "desiredCount": 1,
             "launchType": "EC2", "clientToken": "token-1", "propagateTags": "SERVICE",
             "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 50,
               "deploymentCircuitBreaker": {"enable": true, "rollback": true}},
             "placementStrategy": [{"type": "spread", "field": "instanceId"}],
             "placementConstraints": [{"type": "distinctInstance"}],
             "tags": [{"key": "a", "value": "b"}]}
            """),
        new Valid("RegisterTaskDefinition", definition),
        new Valid(
            "CreateCapacityProvider",
            """
            {"name": "fuzz", "autoScalingGroupProvider": {"autoScalingGroupArn": "group",
              "managedScaling": {"status": "ENABLED", "targetCapacity": 90},
              "managedTerminationProtection": "DISABLED"}, "tags": [{"key": "a", "value": "b"}]}
            """),
        new Valid(
            "PutClusterCapacityProviders",
            """
            {"cluster": "fuzz", "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
             "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 3}]}
            """),
        new Valid(
            "TagResource",
            """
            {"resourceArn": "arn:aws:ecs:us-east-1:000000000000:cluster/fuzz",
             "tags": [{"key": "team", "value": "blue"}]}
            """),
        new Valid("PutAccountSetting", "{\"name\": \"awsvpcTrunking\", \"value\": \"enabled\"}"),
        new Valid(
            "PutAttributes",
            """
            {"cluster": "fuzz", "attributes": [{"name": "a", "value": "b", "targetId": "nothing",
              "targetType": "container-instance"}]}
            """),
        new Valid(
            "UpdateService",
            """
            {"cluster": "fuzz", "service": "fuzz", "desiredCount": 2, "forceNewDeployment": true,
             "deploymentConfiguration": {"maximumPercent": 150}}
            """),
        new Valid(
            "DescribeClusters",
            "{\"clusters\": [\"fuzz\", \"nowhere\"], \"include\": [\"TAGS\", \"SETTINGS\"]}"),
        new Valid(
            "ListTaskDefinitions",
            "{\"familyPrefix\": \"fuzz\", \"status\": \"ACTIVE\", \"sort\": \"DESC\", \"maxResults\": 10}"),
        new Valid(
            "DescribeTaskDefinition", "{\"taskDefinition\": \"fuzz:1\", \"include\": [\"TAGS\"]}"),
        new Valid(
            "RunTask",
            """
            {"cluster": "nowhere", "taskDefinition": "fuzz", "count": 2, "startedBy": "me",
             "overrides": {"containerOverrides": [{"name": "web", "command": ["x"], "cpu": 10}]}}
            """));
  }
}

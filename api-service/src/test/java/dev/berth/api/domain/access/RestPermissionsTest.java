package dev.berth.api.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.api.domain.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestPermissionsTest {
  private static final Identity IDENTITY = new Identity("berth-1", "eu-west-1", "123456789012");

  @Test
  void everyCallOfTheApiHasItsPermission() throws IOException {
    JsonNode paths =
        new YAMLMapper().readTree(Path.of("..", "docs", "openapi.yaml").toFile()).get("paths");
    List<String> without = new ArrayList<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        call -> {
                          if (call.getValue().has("operationId")
                              && of(call.getKey(), path.getKey().replaceAll("[{}]", ""))
                                  .action()
                                  .equals(RestPermissions.UNKNOWN)) {
                            without.add(call.getKey() + " " + path.getKey());
                          }
                        }));
    assertThat(without).as("calls of docs/openapi.yaml that no policy can name").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/clusters, ecs:ListClusters, *",
    "HEAD, /v1/clusters/web, ecs:DescribeClusters, arn:aws:ecs:eu-west-1:123456789012:cluster/web",
    "POST, /v1/clusters, ecs:CreateCluster, arn:aws:ecs:eu-west-1:123456789012:cluster/<clusterName>",
    "DELETE, /v1/clusters/web/services/shop, ecs:DeleteService,"
        + " arn:aws:ecs:eu-west-1:123456789012:service/web/shop",
    "POST, /v1/clusters/web/services, ecs:CreateService,"
        + " arn:aws:ecs:eu-west-1:123456789012:service/web/<serviceName>",
    "POST, /v1/clusters/web/tasks, ecs:RunTask,"
        + " arn:aws:ecs:eu-west-1:123456789012:task-definition/<taskDefinition>:*",
    "POST, /v1/tasks/0123/stop, ecs:StopTask, arn:aws:ecs:eu-west-1:123456789012:task/*/0123",
    "POST, /v1/tasks/arn:aws:ecs:eu-west-1:123456789012:task/web/0123/stop, ecs:StopTask,"
        + " arn:aws:ecs:eu-west-1:123456789012:task/*/0123",
    "GET, /v1/tasks/stop, ecs:DescribeTasks, arn:aws:ecs:eu-west-1:123456789012:task/*/stop",
    "GET, /v1/task-definitions/web:7, ecs:DescribeTaskDefinition,"
        + " arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7",
    "PATCH, /v1/target-groups/blue, elasticloadbalancing:ModifyTargetGroup,"
        + " arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/blue/*",
    "POST, /v1/access-keys, iam:CreateAccessKey, *",
    "GET, /v1/no/such/path, berth:UnknownPath, *",
    "BREW, /v1/clusters, berth:UnknownPath, *"
  })
  void actionsAndResourcesAreThoseOfTheAwsApi(
      String method, String path, String action, String resource) {
    assertThat(of(method, path)).isEqualTo(new Permission(action, List.of(resource)));
  }

  private static Permission of(String method, String path) {
    return RestPermissions.of(
        IDENTITY,
        method.toUpperCase(Locale.ROOT),
        Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList(),
        member -> "<" + member + ">");
  }
}

package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.example.ExampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The usual way through the ECS developer guide with the AWS CLI. */
class AwsCliStoryTest {
  private static final String FAMILY = "cli-story";

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);

  @TempDir Path folder;

  @BeforeAll
  static void theCliIsThereOrIsInstalled() {
    AwsCli.assumeThereOrInstalled();
  }

  @Test
  void theUsualWayThrough() throws IOException {
    // Given a cluster
    assertThat(
            aws("ecs", "create-cluster", "--cluster-name", FAMILY).at("/cluster/status").asText())
        .isEqualTo("ACTIVE");
    assertThat(aws("ecs", "list-clusters").path("clusterArns").toString()).contains("/" + FAMILY);

    // When a task definition is registered and a service of it created
    Files.writeString(folder.resolve("definition.json"), definition("1"));
    JsonNode registered = register();
    assertThat(registered.at("/taskDefinition/status").asText()).isEqualTo("ACTIVE");
    assertThat(
            aws("ecs", "list-task-definitions", "--family-prefix", FAMILY)
                .path("taskDefinitionArns")
                .toString())
        .contains(":task-definition/" + FAMILY + ":");
    JsonNode service =
        aws(
            "ecs",
            "create-service",
            "--service-name",
            FAMILY,
            "--task-definition",
            FAMILY,
            "--desired-count",
            "2",
            "--launch-type",
            "EC2");
    assertThat(service.at("/service/deployments/0/status").asText()).isEqualTo("PRIMARY");

    // Then it becomes stable, and is seen so
    awsText("ecs", "wait", "services-stable", "--services", FAMILY);
    assertThat(describe().path("runningCount").asInt()).isEqualTo(2);
    assertThat(describe().at("/deployments/0/rolloutState").asText()).isEqualTo("COMPLETED");
    List<String> before = tasks();
    assertThat(before).hasSize(2);

    // When it is deployed anew, then its tasks are others
    aws("ecs", "update-service", "--service", FAMILY, "--force-new-deployment");
    awsText("ecs", "wait", "services-stable", "--services", FAMILY);
    assertThat(tasks()).hasSize(2).doesNotContainAnyElementsOf(before);
    assertThat(describe().path("events").toString()).contains("has reached a steady state");

    // When a task is run by itself with a command of its own, then it can be watched and stopped
    JsonNode run =
        aws(
            "ecs",
            "run-task",
            "--task-definition",
            FAMILY,
            "--count",
            "1",
            "--overrides",
            "{\"containerOverrides\": [{\"name\": \"web\", \"command\": [\"/bin/sh\", \"-c\","
                + " \"sleep 600\"], \"environment\": [{\"name\": \"A\", \"value\": \"b\"}]}]}");
    assertThat(run.path("failures")).isEmpty();
    String task = run.at("/tasks/0/taskArn").asText();
    awsText("ecs", "wait", "tasks-running", "--tasks", task);
    assertThat(
            aws("ecs", "describe-tasks", "--tasks", task)
                .at("/tasks/0/overrides/containerOverrides/0/command/2")
                .asText())
        .isEqualTo("sleep 600");
    aws("ecs", "stop-task", "--task", task, "--reason", "enough");
    awsText("ecs", "wait", "tasks-stopped", "--tasks", task);
    assertThat(aws("ecs", "describe-tasks", "--tasks", task).at("/tasks/0/stoppedReason").asText())
        .isEqualTo("enough");

    // Then the rest can be looked at
    String instance =
        aws("ecs", "list-container-instances").at("/containerInstanceArns/0").asText();
    assertThat(
            aws("ecs", "describe-container-instances", "--container-instances", instance)
                .at("/containerInstances/0/agentConnected")
                .asBoolean())
        .isTrue();
    assertThat(
            aws("ecs", "describe-clusters", "--clusters", "default", "--include", "STATISTICS")
                .at("/clusters/0/activeServicesCount")
                .asInt())
        .isPositive();
    assertThat(aws("ecs", "list-services").path("serviceArns").toString()).contains(FAMILY);

    // When all is deleted, then it is gone
    aws("ecs", "update-service", "--service", FAMILY, "--desired-count", "0");
    aws("ecs", "delete-service", "--service", FAMILY);
    awsText("ecs", "wait", "services-inactive", "--services", FAMILY);
    String arn = registered.at("/taskDefinition/taskDefinitionArn").asText();
    assertThat(
            aws("ecs", "deregister-task-definition", "--task-definition", arn)
                .at("/taskDefinition/status")
                .asText())
        .isEqualTo("INACTIVE");
    assertThat(aws("ecs", "delete-cluster", "--cluster", FAMILY).at("/cluster/status").asText())
        .isEqualTo("INACTIVE");
  }

  @Test
  void whatIsRefusedIsSaidInAwssWords() {
    assertThat(tools.run(folder, "aws", "ecs", "delete-service", "--service", "nobody").output())
        .contains("ServiceNotFoundException");
    assertThat(tools.run(folder, "aws", "ecs", "list-services", "--cluster", "nobody").output())
        .contains("ClusterNotFoundException");
    assertThat(
            tools
                .run(
                    folder,
                    Map.of("AWS_REGION", "eu-west-1", "AWS_DEFAULT_REGION", "eu-west-1"),
                    "aws",
                    "ecs",
                    "list-clusters")
                .output())
        .contains("InvalidSignatureException");
  }

  private JsonNode register() {
    return aws("ecs", "register-task-definition", "--cli-input-json", "file://definition.json");
  }

  private JsonNode describe() {
    return aws("ecs", "describe-services", "--services", FAMILY).at("/services/0");
  }

  private List<String> tasks() {
    List<String> arns = new ArrayList<>();
    aws("ecs", "list-tasks", "--service-name", FAMILY)
        .path("taskArns")
        .forEach(arn -> arns.add(arn.asText()));
    return arns;
  }

  private JsonNode aws(String... arguments) {
    return new AwsCli(tools, folder).json(arguments);
  }

  private String awsText(String... arguments) {
    return new AwsCli(tools, folder).text(arguments);
  }

  static String definition(String revision) {
    return """
        {
          "family": "%s",
          "networkMode": "bridge",
          "requiresCompatibilities": ["EC2"],
          "containerDefinitions": [
            {
              "name": "web",
              "image": "%s",
              "cpu": 32,
              "memory": 64,
              "essential": true,
              "portMappings": [{"containerPort": 8080, "hostPort": 0, "protocol": "tcp"}],
              "environment": [{"name": "REVISION", "value": "%s"}],
              "stopTimeout": 10
            }
          ]
        }
        """
        .formatted(FAMILY, ExampleImage.TAG, revision);
  }
}

package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.example.ExampleImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;

/** Terraform with the AWS provider: apply, nothing left to do, a new image, destroy. */
class TerraformStoryTest {
  private static final Path CONFIGURATION = Path.of("src/test/resources/terraform/main.tf");
  private static final String NEXT_IMAGE = "berth/example-web:terraform";

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);

  @TempDir Path folder;
  private Terraform terraform;

  @BeforeAll
  static void terraformIsThere() {
    Terraform.assumeThere();
    assumeTrue(
        AwsTools.works("docker", "tag", ExampleImage.TAG, NEXT_IMAGE),
        "needs the docker command and the example's image");
  }

  @BeforeEach
  void theProviderIsThere() {
    terraform = Terraform.in(tools, folder, CONFIGURATION);
    try (EcsClient ecs = tools.client(EcsClient.builder())) {
      ecs.putAttributes(
          request ->
              request.attributes(
                  AwsTools.instances(suite).stream()
                      .map(
                          arn ->
                              Attribute.builder()
                                  .name("berth.auto-scaling-group")
                                  .value("terraform-story")
                                  .targetId(arn)
                                  .build())
                      .toList()));
    }
  }

  @Test
  void appliesOnceRollsANewImageAndDestroys() {
    try {
      // When the configuration is applied
      terraform.with("image", ExampleImage.TAG).apply();

      // Then the service runs, and a second plan has nothing to do
      assertThat(service().path("runningCount").asInt()).isEqualTo(2);
      assertThat(service().path("capacityProviderStrategy").toString()).contains("terraform-story");
      terraform.assertNothingToDo();
      List<String> before = tasks();

      // When the image changes, then the tasks are others and the rest stays
      terraform.with("image", NEXT_IMAGE).apply();
      assertThat(service().path("runningCount").asInt()).isEqualTo(2);
      assertThat(tasks()).hasSize(2).doesNotContainAnyElementsOf(before);
      terraform.assertNothingToDo();
    } finally {
      // Then all of it can be destroyed
      terraform.destroy();
    }
    assertThat(suite.api().get("/v1/clusters").toString()).doesNotContain("terraform-story");
  }

  private JsonNode service() {
    return suite.api().get("/v1/clusters/default/services/terraform-story");
  }

  private List<String> tasks() {
    List<String> arns = new ArrayList<>();
    suite
        .api()
        .get("/v1/clusters/default/tasks?serviceName=terraform-story&desiredStatus=RUNNING")
        .path("tasks")
        .forEach(task -> arns.add(task.path("taskArn").asText()));
    return arns;
  }
}

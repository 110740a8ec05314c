package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;

/** Terraform with the AWS provider: apply, nothing left to do, a new image, destroy. */
class TerraformStoryTest {
  private static final Path CONFIGURATION = Path.of("src/test/resources/terraform/main.tf");
  private static final String NEXT_IMAGE = "berth/example-web:terraform";

  /** Where the provider may be on this machine, in the layout of a filesystem mirror. */
  private static final List<Path> MIRRORS =
      List.of(
          Path.of("/opt/tf-plugins"),
          Path.of("/usr/local/share/terraform/plugins"),
          Path.of("/usr/share/terraform/plugins"),
          Path.of(System.getProperty("user.home"), ".terraform.d/plugins"));

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);

  @TempDir Path folder;
  private Map<String, String> settings = Map.of();

  @BeforeAll
  static void terraformIsThere() {
    assumeTrue(AwsTools.works("terraform", "version"), "needs terraform");
    assumeTrue(
        AwsTools.works("docker", "tag", ExampleImage.TAG, NEXT_IMAGE),
        "needs the docker command and the example's image");
  }

  @BeforeEach
  void theProviderIsThere() throws IOException {
    Files.copy(CONFIGURATION, folder.resolve("main.tf"));
    Path cli = folder.resolve("terraform.rc");
    for (Path mirror : MIRRORS) {
      if (Files.isDirectory(mirror.resolve("registry.terraform.io/hashicorp/aws"))) {
        Files.writeString(
            cli,
            """
            provider_installation {
              filesystem_mirror {
                path = "%s"
              }
            }
            """
                .formatted(mirror));
        settings = Map.of("TF_CLI_CONFIG_FILE", cli.toString());
        break;
      }
    }
    AwsTools.Result init = terraform("init");
    assumeTrue(
        init.exitCode() == 0, "needs Terraform's AWS provider, from a mirror or the registry");
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
      apply(ExampleImage.TAG);

      // Then the service runs, and a second plan has nothing to do
      assertThat(service().path("runningCount").asInt()).isEqualTo(2);
      assertThat(service().path("capacityProviderStrategy").toString()).contains("terraform-story");
      assertNothingToDo(ExampleImage.TAG);
      List<String> before = tasks();

      // When the image changes, then the tasks are others and the rest stays
      apply(NEXT_IMAGE);
      assertThat(service().path("runningCount").asInt()).isEqualTo(2);
      assertThat(tasks()).hasSize(2).doesNotContainAnyElementsOf(before);
      assertNothingToDo(NEXT_IMAGE);
    } finally {
      // Then all of it can be destroyed
      terraform("destroy", "-auto-approve", "-var", "image=" + NEXT_IMAGE).orThrow();
    }
    assertThat(
            tools
                .run(folder, "terraform", "state", "list")
                .output()
                .lines()
                .filter(line -> line.startsWith("aws_")))
        .isEmpty();
    assertThat(suite.api().get("/v1/clusters").toString()).doesNotContain("terraform-story");
  }

  private void apply(String image) {
    terraform("apply", "-auto-approve", "-var", "image=" + image).orThrow();
  }

  /** With {@code -detailed-exitcode}, 0 is an empty plan and 2 is one that has changes. */
  private void assertNothingToDo(String image) {
    AwsTools.Result plan = terraform("plan", "-detailed-exitcode", "-var", "image=" + image);
    assertThat(plan.exitCode()).as(plan.output()).isZero();
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

  private AwsTools.Result terraform(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("terraform", command, "-no-color", "-input=false"));
    all.addAll(List.of(arguments));
    return tools.run(folder, settings, all.toArray(String[]::new));
  }
}

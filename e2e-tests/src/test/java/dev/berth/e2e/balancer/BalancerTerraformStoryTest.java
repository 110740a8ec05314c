package dev.berth.e2e.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.e2e.aws.Terraform;
import dev.berth.standalone.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Terraform with a service behind a load balancer, as the example has it: apply, nothing left to
 * do, a new revision and another rule, destroy.
 */
class BalancerTerraformStoryTest {
  private static final Path EXAMPLE =
      Path.of("").toAbsolutePath().getParent().resolve("examples/terraform/main.tf");
  private static final Path FURTHER = Path.of("src/test/resources/terraform-balancer/further.tf");
  private static final String NAME = "balanced-terraform";
  private static final String OTHER_NAME = "terraform.localhost";

  private final BerthSuite suite = BerthSuite.shared();

  @TempDir Path folder;

  @BeforeAll
  static void theToolsAreThere() {
    Terraform.assumeThere();
    Curl.assumeThere();
  }

  @Test
  void appliesOnceRollsAndDestroys() throws IOException {
    OwnCertificate own = OwnCertificate.make(folder);
    OwnCertificate other = OwnCertificate.make(folder, OTHER_NAME);
    int httpsPort = FreePort.find();
    Terraform terraform =
        Terraform.in(AwsTools.of(suite), folder, EXAMPLE, FURTHER)
            .with("name", NAME)
            .with("revision", "1")
            .with("port", String.valueOf(FreePort.find()))
            .with("https_port", String.valueOf(httpsPort))
            .with("tcp_port", String.valueOf(FreePort.find()))
            .with("certificate", own.certificate())
            .with("private_key", own.privateKey())
            .with("other_certificate", other.certificate())
            .with("other_private_key", other.privateKey());
    try (OwnContainer container = OwnContainer.start("by-hand")) {
      terraform.with("address", container.address());
      try {
        // When the configuration is applied, then the service's tasks answer by the balancer's name
        terraform.apply();
        String url = terraform.output("url");
        assertRevision(url, "1");
        assertThat(Curl.ask(url + "revision").body()).isEqualTo("revision 1");
        assertThat(Curl.ask(url + "old/page").redirect()).isEqualTo(url);
        assertThat(Curl.ask(url + "cgi-bin/request", "-H", "Host: weighted.localhost").status())
            .isEqualTo(200);
        assertThat(terraform.output("found_listener")).contains(":listener/app/" + NAME + "/");

        // And each certificate is shown to those who ask for its name
        assertTrusts(own, "https://localhost:" + httpsPort + "/");
        assertTrusts(other, "https://" + OTHER_NAME + ":" + httpsPort + "/");

        // And the network load balancer leads to the target by hand
        await()
            .atMost(BerthSuite.PATIENCE)
            .untilAsserted(() -> assertRevision(terraform.output("network_url"), "by-hand"));

        // And a second plan has nothing to do
        terraform.assertNothingToDo();

        // When the revision changes, then the service is rolled and the rule says so
        terraform.with("revision", "2").apply();
        assertRevision(url, "2");
        await()
            .untilAsserted(
                () -> assertThat(Curl.ask(url + "revision").body()).isEqualTo("revision 2"));
        terraform.assertNothingToDo();
      } finally {
        // Then all of it can be destroyed
        terraform.destroy();
      }
    }
    assertThat(suite.api().get("/v1/load-balancers").toString()).doesNotContain(NAME);
    assertThat(suite.api().get("/v1/target-groups").toString()).doesNotContain(NAME);
    assertThat(suite.api().get("/v1/certificates").toString()).doesNotContain(OTHER_NAME);
  }

  private static void assertRevision(String url, String revision) {
    assertThat(Curl.ask(url + "cgi-bin/request?number=1").body())
        .contains("\"revision\":\"" + revision + "\"");
  }

  private void assertTrusts(OwnCertificate certificate, String url) throws IOException {
    Path trusted = Files.writeString(folder.resolve("trusted.pem"), certificate.certificate());
    assertThat(Curl.ask(url, "--cacert", trusted.toString()).status()).isEqualTo(200);
  }
}

package dev.berth.e2e.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsCli;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.standalone.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The usual way through the user guide for Application Load Balancers with the AWS CLI, with a
 * service behind it.
 */
class BalancerCliStoryTest {
  private static final String NAME = "balanced-cli";
  private static final Path DEFINITION =
      Path.of("").toAbsolutePath().getParent().resolve("examples/task-definition.json");

  private final BerthSuite suite = BerthSuite.shared();
  private AwsCli aws;

  @TempDir Path folder;

  @BeforeAll
  static void theToolsAreThere() {
    AwsCli.assumeThereOrInstalled();
    Curl.assumeThere();
  }

  @BeforeEach
  void theCliRunsInTheFolder() {
    aws = new AwsCli(AwsTools.of(suite), folder);
  }

  @Test
  void theUsualWayThrough() throws IOException {
    // Given a network to be in
    List<String> subnets = texts(aws.json("ec2", "describe-subnets").path("Subnets"), "SubnetId");
    String securityGroup =
        aws.json("ec2", "create-security-group", "--group-name", NAME, "--description", "a story's")
            .path("GroupId")
            .asText();
    aws.text(
        "ec2",
        "authorize-security-group-ingress",
        "--group-id",
        securityGroup,
        "--protocol",
        "tcp",
        "--port",
        "80",
        "--cidr",
        "0.0.0.0/0");

    // When a load balancer, a target group and a listener are created
    JsonNode balancer =
        elb(
                "create-load-balancer",
                "--name",
                NAME,
                "--security-groups",
                securityGroup,
                "--subnets",
                subnets.get(0),
                subnets.get(1))
            .at("/LoadBalancers/0");
    String arn = balancer.path("LoadBalancerArn").asText();
    aws.text("elbv2", "wait", "load-balancer-available", "--load-balancer-arns", arn);
    String group =
        elb(
                "create-target-group",
                "--name",
                NAME,
                "--protocol",
                "HTTP",
                "--port",
                "80",
                "--vpc-id",
                balancer.path("VpcId").asText(),
                "--health-check-interval-seconds",
                "5",
                "--health-check-timeout-seconds",
                "2",
                "--healthy-threshold-count",
                "2")
            .at("/TargetGroups/0/TargetGroupArn")
            .asText();
    elb(
        "modify-target-group-attributes",
        "--target-group-arn",
        group,
        "--attributes",
        "Key=deregistration_delay.timeout_seconds,Value=1");
    int port = FreePort.find();
    String listener =
        elb(
                "create-listener",
                "--load-balancer-arn",
                arn,
                "--protocol",
                "HTTP",
                "--port",
                String.valueOf(port),
                "--default-actions",
                "Type=forward,TargetGroupArn=" + group)
            .at("/Listeners/0/ListenerArn")
            .asText();

    // And a service behind it
    aws.text(
        "ecs",
        "register-task-definition",
        "--cli-input-json",
        "file://" + DEFINITION,
        "--family",
        NAME);
    aws.text(
        "ecs",
        "create-service",
        "--service-name",
        NAME,
        "--task-definition",
        NAME,
        "--desired-count",
        "2",
        "--health-check-grace-period-seconds",
        "30",
        "--load-balancers",
        "targetGroupArn=" + group + ",containerName=web,containerPort=8080");
    aws.text("ecs", "wait", "services-stable", "--services", NAME);
    aws.text("elbv2", "wait", "target-in-service", "--target-group-arn", group);

    // Then its tasks answer by the load balancer's name
    String url = "http://" + balancer.path("DNSName").asText() + ":" + port;
    assertThat(Curl.ask(url + "/").body()).contains("Berth serves this page");
    JsonNode health = elb("describe-target-health", "--target-group-arn", group);
    assertThat(health.path("TargetHealthDescriptions")).hasSize(2);
    assertThat(health.at("/TargetHealthDescriptions/0/TargetHealth/State").asText())
        .isEqualTo("healthy");

    rulesDecideWhoAnswers(listener, url);
    settingsAndTags(arn);
    httpsWithACertificate(arn, group);

    // When all is deleted, in an order that can't be and in one that can, then it is gone
    assertThat(aws.run("elbv2", "delete-target-group", "--target-group-arn", group).output())
        .contains("ResourceInUse");
    aws.text("ecs", "delete-service", "--service", NAME, "--force");
    aws.text("elbv2", "delete-listener", "--listener-arn", listener);
    aws.text("elbv2", "delete-load-balancer", "--load-balancer-arn", arn);
    aws.text("elbv2", "wait", "load-balancers-deleted", "--load-balancer-arns", arn);
    aws.text("ecs", "wait", "services-inactive", "--services", NAME);
    aws.text("elbv2", "delete-target-group", "--target-group-arn", group);
    aws.text("ec2", "delete-security-group", "--group-id", securityGroup);
    assertThat(aws.run("elbv2", "describe-load-balancers", "--names", NAME).output())
        .contains("LoadBalancerNotFound");
    assertThat(Curl.ask(url + "/").status()).isZero();
  }

  private void rulesDecideWhoAnswers(String listener, String url) {
    String fixed =
        elb(
                "create-rule",
                "--listener-arn",
                listener,
                "--priority",
                "10",
                "--conditions",
                "Field=path-pattern,Values=/closed/*",
                "--actions",
                "Type=fixed-response,FixedResponseConfig={StatusCode=503,MessageBody=closed}")
            .at("/Rules/0/RuleArn")
            .asText();
    elb(
        "create-rule",
        "--listener-arn",
        listener,
        "--priority",
        "20",
        "--conditions",
        "Field=path-pattern,PathPatternConfig={Values=[/closed/*]}",
        "--actions",
        "Type=redirect,RedirectConfig={Path=/open,StatusCode=HTTP_302}");
    await().untilAsserted(() -> assertThat(Curl.ask(url + "/closed/x").body()).isEqualTo("closed"));
    elb("set-rule-priorities", "--rule-priorities", "RuleArn=" + fixed + ",Priority=30");
    await()
        .untilAsserted(
            () -> assertThat(Curl.ask(url + "/closed/x").redirect()).isEqualTo(url + "/open"));
    elb(
        "modify-rule",
        "--rule-arn",
        fixed,
        "--conditions",
        "Field=query-string,QueryStringConfig={Values=[{Key=closed,Value=yes}]}");
    await()
        .untilAsserted(() -> assertThat(Curl.ask(url + "/?closed=yes").body()).isEqualTo("closed"));
    assertThat(texts(elb("describe-rules", "--listener-arn", listener).path("Rules"), "Priority"))
        .containsExactly("20", "30", "default");
    aws.text("elbv2", "delete-rule", "--rule-arn", fixed);
  }

  private void settingsAndTags(String arn) {
    elb(
        "modify-load-balancer-attributes",
        "--load-balancer-arn",
        arn,
        "--attributes",
        "Key=idle_timeout.timeout_seconds,Value=30");
    assertThat(
            elb("describe-load-balancer-attributes", "--load-balancer-arn", arn)
                .path("Attributes")
                .toString())
        .contains("{\"Key\":\"idle_timeout.timeout_seconds\",\"Value\":\"30\"}");
    aws.text("elbv2", "add-tags", "--resource-arns", arn, "--tags", "Key=team,Value=web");
    assertThat(elb("describe-tags", "--resource-arns", arn).at("/TagDescriptions/0/Tags/0/Value"))
        .hasToString("\"web\"");
    aws.text("elbv2", "remove-tags", "--resource-arns", arn, "--tag-keys", "team");
    assertThat(elb("describe-account-limits").path("Limits")).isNotEmpty();
  }

  private void httpsWithACertificate(String arn, String group) throws IOException {
    OwnCertificate own = OwnCertificate.make(folder);
    Files.writeString(folder.resolve("own.pem"), own.certificate());
    Files.writeString(folder.resolve("own.key"), own.privateKey());
    String certificate =
        aws.json(
                "acm",
                "import-certificate",
                "--certificate",
                "fileb://own.pem",
                "--private-key",
                "fileb://own.key")
            .path("CertificateArn")
            .asText();
    int port = FreePort.find();
    String listener =
        elb(
                "create-listener",
                "--load-balancer-arn",
                arn,
                "--protocol",
                "HTTPS",
                "--port",
                String.valueOf(port),
                "--ssl-policy",
                "ELBSecurityPolicy-TLS13-1-2-2021-06",
                "--certificates",
                "CertificateArn=" + certificate,
                "--default-actions",
                "Type=forward,TargetGroupArn=" + group)
            .at("/Listeners/0/ListenerArn")
            .asText();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        Curl.ask(
                                "https://localhost:" + port + "/",
                                "--cacert",
                                folder.resolve("own.pem").toString())
                            .body())
                    .contains("Berth serves this page"));
    elb(
        "modify-listener",
        "--listener-arn",
        listener,
        "--default-actions",
        "Type=fixed-response,FixedResponseConfig={StatusCode=200,MessageBody=secure}");
    assertThat(elb("describe-listener-certificates", "--listener-arn", listener).toString())
        .contains(certificate);
    aws.text("elbv2", "delete-listener", "--listener-arn", listener);
    aws.text("acm", "delete-certificate", "--certificate-arn", certificate);
  }

  private JsonNode elb(String... arguments) {
    List<String> all = new ArrayList<>(List.of("elbv2"));
    all.addAll(List.of(arguments));
    return aws.json(all.toArray(String[]::new));
  }

  private static List<String> texts(JsonNode all, String member) {
    List<String> texts = new ArrayList<>();
    all.forEach(one -> texts.add(one.path(member).asText()));
    return texts;
  }
}

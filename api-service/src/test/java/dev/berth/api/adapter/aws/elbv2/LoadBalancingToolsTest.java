package dev.berth.api.adapter.aws.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI and Terraform against load balancing; each skipped where the tool is missing. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class LoadBalancingToolsTest {
  /** Where Terraform's provider may be on this machine, in the layout of a filesystem mirror. */
  private static final List<Path> MIRRORS =
      List.of(
          Path.of("/opt/tf-plugins"),
          Path.of("/usr/local/share/terraform/plugins"),
          Path.of("/usr/share/terraform/plugins"),
          Path.of(System.getProperty("user.home"), ".terraform.d/plugins"));

  private static final String CONFIGURATION =
      """
      terraform {
        required_providers {
          aws = { source = "hashicorp/aws" }
        }
      }
      provider "aws" {
        region                      = "us-east-1"
        skip_credentials_validation = true
        skip_requesting_account_id  = true
        skip_metadata_api_check     = true
      }
      data "aws_vpc" "default" { default = true }
      data "aws_subnets" "default" {
        filter {
          name   = "vpc-id"
          values = [data.aws_vpc.default.id]
        }
      }
      resource "aws_security_group" "web" {
        name   = "NAME"
        vpc_id = data.aws_vpc.default.id
        ingress {
          from_port   = 80
          to_port     = 80
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
        egress {
          from_port   = 0
          to_port     = 0
          protocol    = "-1"
          cidr_blocks = ["0.0.0.0/0"]
        }
      }
      resource "aws_lb" "web" {
        name               = "NAME"
        load_balancer_type = "application"
        security_groups    = [aws_security_group.web.id]
        subnets            = data.aws_subnets.default.ids
        idle_timeout       = 30
        tags               = { team = "web" }
      }
      resource "aws_lb_target_group" "web" {
        name                 = "NAME"
        port                 = 80
        protocol             = "HTTP"
        target_type          = "ip"
        vpc_id               = data.aws_vpc.default.id
        deregistration_delay = 5
        health_check {
          path    = "/health"
          matcher = "200-299"
        }
        stickiness {
          type    = "lb_cookie"
          enabled = true
        }
      }
      resource "aws_lb_listener" "web" {
        load_balancer_arn = aws_lb.web.arn
        port              = 24080
        protocol          = "HTTP"
        default_action {
          type             = "forward"
          target_group_arn = aws_lb_target_group.web.arn
        }
      }
      resource "aws_lb_listener_rule" "old" {
        listener_arn = aws_lb_listener.web.arn
        priority     = 10
        action {
          type = "redirect"
          redirect {
            path        = "/new"
            status_code = "HTTP_301"
          }
        }
        condition {
          path_pattern { values = ["/old/*"] }
        }
        condition {
          http_header {
            http_header_name = "X-Old"
            values           = ["yes"]
          }
        }
      }
      resource "aws_lb" "net" {
        name               = "NAME-n"
        load_balancer_type = "network"
        internal           = true
        subnets            = data.aws_subnets.default.ids
      }
      resource "aws_lb_target_group" "net" {
        name        = "NAME-n"
        port        = 5432
        protocol    = "TCP"
        target_type = "ip"
        vpc_id      = data.aws_vpc.default.id
      }
      resource "aws_lb_listener" "net" {
        load_balancer_arn = aws_lb.net.arn
        port              = 24081
        protocol          = "TCP"
        default_action {
          type             = "forward"
          target_group_arn = aws_lb_target_group.net.arn
        }
      }
      output "dns_name" { value = aws_lb.web.dns_name }
      """;

  @TestHTTPResource("/")
  URI endpoint;

  @Inject SystemOfRecord systemOfRecord;

  @TempDir Path folder;

  private record Result(int exitCode, String output) {}

  @BeforeEach
  void theServiceIsReady() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
  }

  @Test
  void theCliCreatesShowsAndDeletes() {
    assumeTrue(run(Map.of(), "aws", "--version").exitCode() == 0, "needs the AWS CLI");
    String name = unique();

    String arn =
        aws(
            "create-load-balancer",
            "--name",
            name,
            "--query",
            "LoadBalancers[0].LoadBalancerArn",
            "--output",
            "text");
    String group =
        aws(
            "create-target-group",
            "--name",
            name,
            "--protocol",
            "HTTP",
            "--port",
            "80",
            "--query",
            "TargetGroups[0].TargetGroupArn",
            "--output",
            "text");
    aws("register-targets", "--target-group-arn", group, "--targets", "Id=10.9.8.7,Port=81");
    String listener =
        aws(
            "create-listener",
            "--load-balancer-arn",
            arn,
            "--protocol",
            "HTTP",
            "--port",
            "24090",
            "--default-actions",
            "Type=forward,TargetGroupArn=" + group,
            "--query",
            "Listeners[0].ListenerArn",
            "--output",
            "text");

    assertThat(aws("describe-target-health", "--target-group-arn", group)).contains("10.9.8.7");
    assertThat(aws("describe-rules", "--listener-arn", listener)).contains("\"default\"");
    aws("wait", "load-balancer-available", "--load-balancer-arns", arn);
    aws("delete-load-balancer", "--load-balancer-arn", arn);
    aws("delete-target-group", "--target-group-arn", group);
    assertThat(cli("elbv2", "describe-load-balancers", "--names", name).output())
        .contains("LoadBalancerNotFound");
    assertThat(cli("ec2", "describe-subnets", "--query", "length(Subnets)").output().strip())
        .isEqualTo("3");
    assertThat(cli("ec2", "describe-availability-zones").output()).contains("us-east-1a");
    assertThat(
            cli("ec2", "run-instances", "--image-id", "ami-1", "--instance-type", "t3.micro")
                .output())
        .contains("UnsupportedOperation");
  }

  @Test
  void terraformAppliesOnceAndDestroys() throws IOException {
    assumeTrue(run(Map.of(), "terraform", "version").exitCode() == 0, "needs terraform");
    String name = unique();
    Files.writeString(folder.resolve("main.tf"), CONFIGURATION.replace("NAME", name));
    assumeTrue(terraform("init").exitCode() == 0, "needs Terraform's AWS provider");

    succeeds(terraform("apply", "-auto-approve"));

    // With -detailed-exitcode 0 is an empty plan and 2 is one that has changes.
    succeeds(terraform("plan", "-detailed-exitcode"));
    assertThat(terraform("output", "dns_name").output()).contains(".elb.localhost");
    succeeds(terraform("destroy", "-auto-approve"));
    try (var left = Files.lines(folder.resolve("terraform.tfstate"))) {
      assertThat(left.anyMatch(line -> line.contains("aws_lb"))).isFalse();
    }
  }

  private static void succeeds(Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
  }

  private Result terraform(String command, String... arguments) throws IOException {
    Path cli = folder.resolve("terraform.rc");
    for (Path mirror : MIRRORS) {
      if (Files.isDirectory(mirror.resolve("registry.terraform.io/hashicorp/aws"))) {
        Files.writeString(
            cli,
            "provider_installation {\n  filesystem_mirror {\n    path = \"%s\"\n  }\n}\n"
                .formatted(mirror));
      }
    }
    List<String> all = new ArrayList<>(List.of("terraform", command, "-no-color"));
    if (!command.equals("output")) {
      all.add("-input=false");
    }
    all.addAll(List.of(arguments));
    return run(
        Files.exists(cli) ? Map.of("TF_CLI_CONFIG_FILE", cli.toString()) : Map.of(),
        all.toArray(String[]::new));
  }

  private String aws(String... arguments) {
    List<String> all = new ArrayList<>(List.of("elbv2"));
    all.addAll(List.of(arguments));
    Result result = cli(all.toArray(String[]::new));
    succeeds(result);
    return result.output().strip();
  }

  private Result cli(String... arguments) {
    List<String> all = new ArrayList<>(List.of("aws"));
    all.addAll(List.of(arguments));
    return run(Map.of(), all.toArray(String[]::new));
  }

  private Result run(Map<String, String> more, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      Map<String, String> environment = builder.environment();
      environment.keySet().removeIf(key -> key.startsWith("AWS_"));
      environment.put("AWS_ENDPOINT_URL", endpoint.toString());
      environment.put("AWS_ACCESS_KEY_ID", AwsClients.ACCESS_KEY_ID);
      environment.put("AWS_SECRET_ACCESS_KEY", AwsClients.SECRET_ACCESS_KEY);
      environment.put("AWS_REGION", "us-east-1");
      // What older versions of the CLI read.
      environment.put("AWS_DEFAULT_REGION", "us-east-1");
      environment.put("AWS_PAGER", "");
      environment.putAll(more);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("Still running: " + String.join(" ", command) + "\n" + output);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      // The tool isn't there.
      return new Result(127, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command[0], e);
    }
  }

  private static String unique() {
    return "c" + UUID.randomUUID().toString().substring(0, 8);
  }
}

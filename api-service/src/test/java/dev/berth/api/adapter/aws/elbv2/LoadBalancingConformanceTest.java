package dev.berth.api.adapter.aws.elbv2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.domain.loadbalancer.AttributeTable;
import dev.berth.api.domain.loadbalancer.LoadBalancingAttributes;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** The conformance table names every member and attribute, and for each a test that exists. */
class LoadBalancingConformanceTest {
  private static final Path ROOT = Path.of("..");
  private static final Path TABLE = ROOT.resolve("docs/lb-conformance.md");

  /** A line of a table: the field and the test that shows it. */
  private record Row(String field, String test) {}

  @Test
  void everyMemberAndAttributeHasItsRow() throws IOException {
    Map<String, List<Row>> sections = sections();

    is(
        sections,
        "Load balancers (CreateLoadBalancer)",
        members(CreateLoadBalancerRequest.builder().build()));
    is(sections, "Listeners (CreateListener)", members(CreateListenerRequest.builder().build()));
    is(
        sections,
        "Actions",
        Stream.of(
                shape("Action", Action.builder().build()),
                shape("ForwardActionConfig", ForwardActionConfig.builder().build()),
                shape("TargetGroupTuple", TargetGroupTuple.builder().build()),
                shape("TargetGroupStickinessConfig", TargetGroupStickinessConfig.builder().build()),
                shape("RedirectActionConfig", RedirectActionConfig.builder().build()),
                shape("FixedResponseActionConfig", FixedResponseActionConfig.builder().build()))
            .flatMap(Function.identity()));
    is(
        sections,
        "Rules (CreateRule)",
        Stream.of(
                members(CreateRuleRequest.builder().build()),
                shape("RuleCondition", RuleCondition.builder().build()),
                shape("RuleTransform", RuleTransform.builder().build()))
            .flatMap(Function.identity()));
    is(
        sections,
        "Target groups and health checks (CreateTargetGroup)",
        members(CreateTargetGroupRequest.builder().build()));
    is(
        sections,
        "Attributes of application load balancers",
        keys(LoadBalancingAttributes.ofLoadBalancer("application")));
    is(
        sections,
        "Attributes of network load balancers",
        keys(LoadBalancingAttributes.ofLoadBalancer("network")));
    is(
        sections,
        "Attributes of HTTPS listeners",
        keys(LoadBalancingAttributes.ofListener("HTTPS")));
    is(sections, "Attributes of TCP listeners", keys(LoadBalancingAttributes.ofListener("TCP")));
    is(sections, "Attributes of target groups of HTTP and HTTPS", keys(attributesOf("HTTP")));
    is(sections, "Attributes of target groups of TCP, TLS and UDP", keys(attributesOf("TCP")));
  }

  @Test
  void everyRowNamesATestThatExists() throws IOException {
    Map<String, String> tests = new LinkedHashMap<>();
    for (String module : List.of("api-service", "lb-service")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          tests.put(name, Files.readString(file));
        }
      }
    }

    for (List<Row> rows : sections().values()) {
      for (Row row : rows) {
        String[] named = row.test().split("\\.", -1);
        assertThat(named).as("the test of %s", row.field()).hasSize(2);
        assertThat(tests).as("the test of %s", row.field()).containsKey(named[0]);
        assertThat(tests.get(named[0]))
            .as("the test of %s", row.field())
            .contains("void " + named[1] + "(");
      }
    }
  }

  private static void is(Map<String, List<Row>> sections, String title, Stream<String> expected) {
    assertThat(sections).containsKey(title);
    assertThat(new TreeSet<>(sections.get(title).stream().map(Row::field).toList()))
        .as(title)
        .isEqualTo(new TreeSet<>(expected.toList()));
  }

  private static Stream<String> members(SdkPojo shape) {
    return shape.sdkFields().stream().map(SdkField::locationName);
  }

  private static Stream<String> shape(String name, SdkPojo shape) {
    return members(shape).map(member -> name + "." + member);
  }

  private static Stream<String> keys(AttributeTable table) {
    return table.defaults().keySet().stream();
  }

  private static AttributeTable attributesOf(String protocol) {
    return LoadBalancingAttributes.ofTargetGroup(
        new TargetGroupDesired(
            "g", "arn", protocol, 80, null, 300, null, "ip", null, "ipv4", null, null));
  }

  private static Map<String, List<Row>> sections() throws IOException {
    Map<String, List<Row>> sections = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("## ")) {
        rows = new ArrayList<>();
        sections.put(line.substring(3), rows);
      } else if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        rows.add(new Row(plain(cells[1]), plain(cells[3])));
      }
    }
    return sections;
  }

  private static String plain(String cell) {
    return cell.replace("`", "").strip();
  }
}

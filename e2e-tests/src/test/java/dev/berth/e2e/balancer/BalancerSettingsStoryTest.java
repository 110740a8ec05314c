package dev.berth.e2e.balancer;

import static dev.berth.e2e.balancer.MadeBalancers.answer;
import static dev.berth.e2e.balancer.MadeBalancers.forward;
import static dev.berth.e2e.balancer.MadeBalancers.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.e2e.aws.SeenCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** What can be set of load balancers and read of them, and the pages that lists come in. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class BalancerSettingsStoryTest {
  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);
  private final ElasticLoadBalancingV2Client elb =
      tools.client(ElasticLoadBalancingV2Client.builder());
  private final MadeBalancers made = new MadeBalancers(elb);
  private final String name = "set-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void gone() {
    made.close();
    elb.close();
  }

  @AfterAll
  static void told() {
    SeenCalls.ended(BalancerSettingsStoryTest.class);
  }

  @Test
  void aPortThatSomebodyElseHasImpairsItsLoadBalancerUntilItIsFree() throws IOException {
    LoadBalancer balancer = made.balancer(b -> b.name(name));
    try (ServerSocket somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = somebody.getLocalPort();
      made.listener(balancer, l -> l.port(port).defaultActions(answer(200, "here")));

      await()
          .atMost(BerthSuite.PATIENCE)
          .until(() -> state().codeAsString().equals("active_impaired"));
      assertThat(state().reason()).contains("port " + port).contains("already in use");
    }
    await().atMost(BerthSuite.PATIENCE).until(() -> state().codeAsString().equals("active"));
  }

  private LoadBalancerState state() {
    return elb.describeLoadBalancers(d -> d.names(name)).loadBalancers().getFirst().state();
  }

  @Test
  void attributesPlacesAndTags() {
    LoadBalancer balancer = made.balancer(b -> b.name(name).tags(t -> t.key("a").value("1")));
    String arn = balancer.loadBalancerArn();
    TargetGroup group = made.group(name, g -> g.targetType("ip"));
    Listener listener = made.listener(balancer, l -> l.defaultActions(forward(group)));

    // Attributes: what was set is there afterwards, beside what wasn't
    elb.modifyLoadBalancerAttributes(
        m ->
            m.loadBalancerArn(arn)
                .attributes(a -> a.key("idle_timeout.timeout_seconds").value("30")));
    assertThat(elb.describeLoadBalancerAttributes(d -> d.loadBalancerArn(arn)).attributes())
        .anyMatch(
            one -> one.key().equals("idle_timeout.timeout_seconds") && one.value().equals("30"))
        .anyMatch(one -> one.key().equals("routing.http2.enabled") && one.value().equals("true"));
    elb.modifyTargetGroupAttributes(
        m ->
            m.targetGroupArn(group.targetGroupArn())
                .attributes(a -> a.key("stickiness.enabled").value("true")));
    assertThat(
            elb.describeTargetGroupAttributes(d -> d.targetGroupArn(group.targetGroupArn()))
                .attributes())
        .anyMatch(one -> one.key().equals("stickiness.enabled") && one.value().equals("true"));
    elb.modifyListenerAttributes(
        m ->
            m.listenerArn(listener.listenerArn())
                .attributes(a -> a.key("routing.http.response.server.enabled").value("false")));
    assertThat(
            elb.describeListenerAttributes(d -> d.listenerArn(listener.listenerArn())).attributes())
        .anyMatch(
            one ->
                one.key().equals("routing.http.response.server.enabled")
                    && one.value().equals("false"));

    // Its place in the network
    List<String> subnets =
        balancer.availabilityZones().stream().map(AvailabilityZone::subnetId).toList();
    assertThat(
            elb.setSubnets(s -> s.loadBalancerArn(arn).subnets(subnets.subList(0, 2)))
                .availabilityZones())
        .hasSize(2);
    assertThat(
            elb.setSecurityGroups(
                    s -> s.loadBalancerArn(arn).securityGroups(balancer.securityGroups()))
                .securityGroupIds())
        .isEqualTo(balancer.securityGroups());
    assertThat(
            elb.setIpAddressType(s -> s.loadBalancerArn(arn).ipAddressType("dualstack"))
                .ipAddressTypeAsString())
        .isEqualTo("dualstack");
    assertThat(elb.describeLoadBalancers(d -> d.names(name)).loadBalancers().getFirst())
        .satisfies(
            one -> assertThat(one.availabilityZones()).hasSize(2),
            one -> assertThat(one.ipAddressTypeAsString()).isEqualTo("dualstack"));

    // Tags of each kind of resource
    List<String> tagged =
        List.of(
            arn,
            group.targetGroupArn(),
            listener.listenerArn(),
            made.rule(listener, 1, answer(200, "one"), path("/one")).ruleArn());
    elb.addTags(a -> a.resourceArns(tagged).tags(t -> t.key("b").value("2")));
    elb.removeTags(r -> r.resourceArns(arn).tagKeys("a"));
    assertThat(elb.describeTags(d -> d.resourceArns(tagged)).tagDescriptions())
        .extracting(TagDescription::resourceArn, TagDescription::tags)
        .containsExactlyElementsOf(
            tagged.stream()
                .map(one -> tuple(one, List.of(Tag.builder().key("b").value("2").build())))
                .toList());
  }

  @Test
  void listsComeInPages() {
    LoadBalancer first = made.balancer(b -> b.name(name + "-1"));
    made.balancer(b -> b.name(name + "-2"));
    made.group(name + "-1", g -> g.targetType("ip"));
    made.group(name + "-2", g -> g.targetType("ip"));
    Listener listener = made.listener(first, l -> l.defaultActions(answer(200, "one")));
    made.listener(first, l -> l.defaultActions(answer(200, "two")));
    Stream.of(20, 3, 100).forEach(at -> made.rule(listener, at, answer(200, "x"), path("/" + at)));

    assertThat(elb.describeLoadBalancersPaginator(d -> d.pageSize(1)).loadBalancers())
        .extracting(LoadBalancer::loadBalancerName)
        .contains(name + "-1", name + "-2")
        .doesNotHaveDuplicates();
    assertThat(elb.describeTargetGroupsPaginator(d -> d.pageSize(1)).targetGroups())
        .extracting(TargetGroup::targetGroupName)
        .contains(name + "-1", name + "-2")
        .doesNotHaveDuplicates();
    assertThat(
            elb.describeListenersPaginator(
                    d -> d.loadBalancerArn(first.loadBalancerArn()).pageSize(1))
                .listeners())
        .extracting(Listener::port)
        .hasSize(2)
        .isSorted();
    assertThat(
            elb.describeRulesPaginator(d -> d.listenerArn(listener.listenerArn()).pageSize(1))
                .rules())
        .extracting(Rule::priority)
        .containsExactly("3", "20", "100", "default");
    assertThat(elb.describeAccountLimitsPaginator(d -> d.pageSize(1)).limits())
        .extracting(Limit::name)
        .contains("rules-per-application-load-balancer")
        .doesNotHaveDuplicates();
  }

  @Test
  void whatToolsAskBeside() {
    LoadBalancer balancer = made.balancer(b -> b.name(name));
    assertThat(
            elb.describeSSLPolicies(d -> d.names("ELBSecurityPolicy-TLS13-1-2-2021-06"))
                .sslPolicies())
        .singleElement()
        .satisfies(
            policy ->
                assertThat(policy.sslProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3"));
    assertThat(elb.describeTrustStores(d -> d.pageSize(1)).trustStores()).isEmpty();
    assertThat(
            elb.describeCapacityReservation(d -> d.loadBalancerArn(balancer.loadBalancerArn()))
                .decreaseRequestsRemaining())
        .isZero();
  }
}

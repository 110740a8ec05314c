package dev.berth.e2e.balancer;

import static dev.berth.e2e.balancer.MadeBalancers.answer;
import static dev.berth.e2e.balancer.MadeBalancers.forward;
import static dev.berth.e2e.balancer.MadeBalancers.path;
import static dev.berth.e2e.balancer.MadeBalancers.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.e2e.aws.SeenCalls;
import dev.berth.standalone.example.ExampleImage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.waiters.EcsWaiter;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.waiters.ElasticLoadBalancingV2Waiter;

/** Load balancers by the AWS SDK for Java, with what they carry: services and targets by hand. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class BalancerSdkStoryTest {
  /** The SDK's own is 15 s. */
  private static final BackoffStrategy OFTEN =
      BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(500));

  private static final int PATIENTLY = 240;

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);
  private final ElasticLoadBalancingV2Client elb =
      tools.client(ElasticLoadBalancingV2Client.builder());
  private final EcsClient ecs = tools.client(EcsClient.builder());
  private final ElasticLoadBalancingV2Waiter waiter =
      ElasticLoadBalancingV2Waiter.builder()
          .client(elb)
          .overrideConfiguration(o -> o.backoffStrategyV2(OFTEN).maxAttempts(PATIENTLY))
          .build();
  private final EcsWaiter services =
      EcsWaiter.builder()
          .client(ecs)
          .overrideConfiguration(o -> o.backoffStrategyV2(OFTEN).maxAttempts(PATIENTLY))
          .build();
  private final MadeBalancers made = new MadeBalancers(elb);
  private final String name = "elb-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void curlIsThere() {
    Curl.assumeThere();
  }

  @AfterEach
  void gone() {
    made.close();
    waiter.close();
    services.close();
    elb.close();
    ecs.close();
  }

  @AfterAll
  static void told() {
    SeenCalls.ended(BalancerSdkStoryTest.class);
  }

  @Test
  void aServiceBehindAnApplicationLoadBalancer() {
    // Given that nothing of the name is there, which is what tools look for first
    assertThatThrownBy(() -> elb.describeLoadBalancers(d -> d.names(name)))
        .isInstanceOf(LoadBalancerNotFoundException.class);
    assertThatThrownBy(() -> elb.describeTargetGroups(d -> d.names(name)))
        .isInstanceOf(TargetGroupNotFoundException.class);

    // When a load balancer, a target group and a listener are made, each asked for twice
    LoadBalancer balancer = made.balancer(b -> b.name(name));
    String arn = balancer.loadBalancerArn();
    waiter.waitUntilLoadBalancerExists(d -> d.names(name));
    waiter.waitUntilLoadBalancerAvailable(d -> d.loadBalancerArns(arn));
    assertThat(made.balancer(b -> b.name(name)).loadBalancerArn()).isEqualTo(arn);
    TargetGroup group = made.group(name, g -> g.targetType("instance").healthCheckPath("/"));
    assertThat(made.group(name, g -> g.targetType("instance").healthCheckPath("/")))
        .isEqualTo(group);
    elb.modifyTargetGroupAttributes(
        m ->
            m.targetGroupArn(group.targetGroupArn())
                .attributes(a -> a.key("deregistration_delay.timeout_seconds").value("1")));
    Listener listener = made.listener(balancer, l -> l.defaultActions(forward(group)));
    assertThat(
            made.listener(balancer, l -> l.port(listener.port()).defaultActions(forward(group)))
                .listenerArn())
        .isEqualTo(listener.listenerArn());
    assertThat(elb.describeTargetGroups(d -> d.loadBalancerArn(arn)).targetGroups())
        .extracting(TargetGroup::targetGroupArn)
        .containsExactly(group.targetGroupArn());

    // And a service behind them
    ecs.createService(
        c ->
            c.serviceName(name)
                .taskDefinition(register("1"))
                .desiredCount(2)
                .healthCheckGracePeriodSeconds(30)
                .loadBalancers(
                    b ->
                        b.targetGroupArn(group.targetGroupArn())
                            .containerName("web")
                            .containerPort(8080)));
    services.waitUntilServicesStable(d -> d.services(name));
    waiter.waitUntilTargetInService(d -> d.targetGroupArn(group.targetGroupArn()));

    // Then its tasks answer by the load balancer's name
    List<TargetDescription> targets = targets(group);
    assertThat(targets).hasSize(2).allMatch(target -> target.port() > 0);
    String request = url(balancer, listener) + "/cgi-bin/request?number=1";
    assertThat(Curl.ask(request).body()).contains("\"revision\":\"1\"");

    // When the service is rolled, then the load balancer stays and other tasks answer
    ecs.updateService(u -> u.service(name).taskDefinition(register("2")));
    services.waitUntilServicesStable(d -> d.services(name));
    await()
        .untilAsserted(() -> assertThat(Curl.ask(request).body()).contains("\"revision\":\"2\""));
    waiter.waitUntilTargetDeregistered(
        d -> d.targetGroupArn(group.targetGroupArn()).targets(targets));

    // When the listener says something else, then that is what clients get
    elb.modifyListener(
        m -> m.listenerArn(listener.listenerArn()).defaultActions(answer(503, "closed")));
    await()
        .untilAsserted(
            () -> assertThat(Curl.ask(request)).isEqualTo(new Curl.Answer(503, "", "closed")));

    // When all of it is deleted, then it is gone
    ecs.deleteService(d -> d.service(name).force(true));
    services.waitUntilServicesInactive(d -> d.services(name));
    elb.deleteListener(d -> d.listenerArn(listener.listenerArn()));
    await().untilAsserted(() -> assertThat(Curl.ask(request).status()).isZero());
    elb.deleteLoadBalancer(d -> d.loadBalancerArn(arn));
    waiter.waitUntilLoadBalancersDeleted(d -> d.loadBalancerArns(arn));
    elb.deleteTargetGroup(d -> d.targetGroupArn(group.targetGroupArn()));
    assertThatThrownBy(() -> elb.describeTargetGroups(d -> d.names(name)))
        .isInstanceOf(TargetGroupNotFoundException.class);
  }

  @Test
  void rulesAndTargetsByHand() {
    try (OwnContainer blue = OwnContainer.start("blue");
        OwnContainer green = OwnContainer.start("green")) {
      // Given two groups of addresses
      TargetGroup blues = made.group(name + "-b", g -> g.targetType("ip").port(OwnContainer.PORT));
      TargetGroup greens = made.group(name + "-g", g -> g.targetType("ip").port(OwnContainer.PORT));
      elb.modifyTargetGroup(
          m -> m.targetGroupArn(greens.targetGroupArn()).healthCheckPath("/index.html"));
      LoadBalancer balancer = made.balancer(b -> b.name(name));
      Listener listener = made.listener(balancer, l -> l.defaultActions(answer(404, "none")));
      Rule split = made.rule(listener, 10, forward(blues, 1, greens, 0), path("/cgi-bin/*"));
      String url = url(balancer, listener);
      register(blues, blue);
      register(greens, green);

      // When they are in service, then rules say who answers
      waiter.waitUntilTargetInService(d -> d.targetGroupArn(blues.targetGroupArn()));
      waiter.waitUntilTargetInService(d -> d.targetGroupArn(greens.targetGroupArn()));
      assertAnswer(url + "/cgi-bin/request?number=1", "blue");
      assertThat(Curl.ask(url + "/").body()).isEqualTo("none");
      elb.modifyRule(m -> m.ruleArn(split.ruleArn()).actions(forward(blues, 0, greens, 1)));
      assertAnswer(url + "/cgi-bin/request?number=2", "green");

      // When a rule in front of it sends clients elsewhere, then it does, until it comes later
      Rule moved =
          made.rule(
              listener,
              5,
              Action.builder()
                  .type("redirect")
                  .redirectConfig(to -> to.path("/new").statusCode("HTTP_301"))
                  .build(),
              path("/cgi-bin/*"),
              RuleCondition.builder()
                  .field("http-header")
                  .httpHeaderConfig(h -> h.httpHeaderName("X-Old").values("yes"))
                  .build());
      String old = url + "/cgi-bin/request?number=3";
      await()
          .untilAsserted(
              () ->
                  assertThat(Curl.ask(old, "-H", "X-Old: yes").redirect())
                      .isEqualTo(url + "/new?number=3"));
      elb.setRulePriorities(
          s ->
              s.rulePriorities(
                  p -> p.ruleArn(moved.ruleArn()).priority(20),
                  p -> p.ruleArn(split.ruleArn()).priority(1)));
      await()
          .untilAsserted(
              () -> assertThat(Curl.ask(old, "-H", "X-Old: yes").body()).contains("green"));
      elb.deleteRule(d -> d.ruleArn(split.ruleArn()));
      await().untilAsserted(() -> assertThat(Curl.ask(old).body()).isEqualTo("none"));

      // When a target is taken out, then it is waited for
      elb.deregisterTargets(
          d -> d.targetGroupArn(blues.targetGroupArn()).targets(t -> t.id(blue.address())));
      waiter.waitUntilTargetDeregistered(
          d -> d.targetGroupArn(blues.targetGroupArn()).targets(t -> t.id(blue.address())));
      assertThat(targets(blues)).isEmpty();
    }
  }

  @Test
  void connectionsThroughANetworkLoadBalancer() {
    try (OwnContainer container = OwnContainer.start("tcp")) {
      TargetGroup group =
          made.group(name, g -> g.protocol("TCP").targetType("ip").port(OwnContainer.PORT));
      LoadBalancer balancer = made.balancer(b -> b.name(name).type("network").scheme("internal"));
      Listener listener =
          made.listener(balancer, l -> l.protocol("TCP").defaultActions(forward(group)));
      register(group, container);

      waiter.waitUntilTargetInService(d -> d.targetGroupArn(group.targetGroupArn()));

      assertThat(balancer.dnsName()).startsWith("internal-" + name);
      assertAnswer(url(balancer, listener) + "/cgi-bin/request?number=1", "tcp");
      assertThat(
              elb.modifyListenerAttributes(
                      m ->
                          m.listenerArn(listener.listenerArn())
                              .attributes(a -> a.key("tcp.idle_timeout.seconds").value("60")))
                  .attributes())
          .anyMatch(attribute -> attribute.value().equals("60"));
    }
  }

  private void register(TargetGroup group, OwnContainer container) {
    elb.registerTargets(
        r -> r.targetGroupArn(group.targetGroupArn()).targets(t -> t.id(container.address())));
  }

  private List<TargetDescription> targets(TargetGroup group) {
    return elb
        .describeTargetHealth(d -> d.targetGroupArn(group.targetGroupArn()))
        .targetHealthDescriptions()
        .stream()
        .map(TargetHealthDescription::target)
        .toList();
  }

  /** What was ordered takes effect in the load balancer a moment later. */
  private static void assertAnswer(String url, String revision) {
    await()
        .untilAsserted(
            () -> assertThat(Curl.ask(url).body()).contains("\"revision\":\"" + revision + "\""));
  }

  private String register(String revision) {
    return ecs.registerTaskDefinition(
            r ->
                r.family(name)
                    .containerDefinitions(
                        c ->
                            c.name("web")
                                .image(ExampleImage.TAG)
                                .cpu(32)
                                .memory(64)
                                .stopTimeout(10)
                                .portMappings(p -> p.containerPort(8080).hostPort(0))
                                .environment(e -> e.name("REVISION").value(revision))))
        .taskDefinition()
        .taskDefinitionArn();
  }
}

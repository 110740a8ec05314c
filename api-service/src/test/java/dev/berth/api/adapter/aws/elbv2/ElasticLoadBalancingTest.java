package dev.berth.api.adapter.aws.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ResourceInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RulePriorityPair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ElasticLoadBalancingTest {
  private static int nextPort = 21_000;

  @TestHTTPResource("/")
  URI endpoint;

  private ElasticLoadBalancingV2Client elb;

  @BeforeEach
  void connect() {
    elb = AwsClients.of(ElasticLoadBalancingV2Client.builder(), endpoint);
  }

  @AfterEach
  void disconnect() {
    elb.close();
  }

  @Test
  void aLoadBalancerIsLookedUpCreatedAndFound() {
    String name = unique();
    assertThatThrownBy(() -> elb.describeLoadBalancers(one -> one.names(name)))
        .isInstanceOf(LoadBalancerNotFoundException.class);

    LoadBalancer made =
        elb.createLoadBalancer(
                one -> one.name(name).tags(Tag.builder().key("team").value("a=b").build()))
            .loadBalancers()
            .getFirst();

    assertThat(made.loadBalancerArn()).contains(":loadbalancer/app/" + name + "/");
    assertThat(made.dnsName()).startsWith(name + "-").endsWith(".us-east-1.elb.localhost");
    assertThat(made.state().codeAsString()).isEqualTo("active");
    assertThat(made.availabilityZones()).hasSize(3);
    assertThat(made.securityGroups()).hasSize(1);
    assertThat(elb.describeLoadBalancers(one -> one.names(name)).loadBalancers())
        .containsExactly(made);
    assertThat(
            elb.describeTags(one -> one.resourceArns(made.loadBalancerArn()))
                .tagDescriptions()
                .getFirst()
                .tags())
        .containsExactly(Tag.builder().key("team").value("a=b").build());
    assertThat(elb.createLoadBalancer(one -> one.name(name)).loadBalancers().getFirst())
        .isEqualTo(made);
    refused(
        "DuplicateLoadBalancerName",
        () -> elb.createLoadBalancer(one -> one.name(name).scheme("internal")));
    elb.deleteLoadBalancer(one -> one.loadBalancerArn(made.loadBalancerArn()));
    elb.deleteLoadBalancer(one -> one.loadBalancerArn(made.loadBalancerArn()));
    refused(
        "LoadBalancerNotFound",
        () -> elb.describeLoadBalancers(one -> one.loadBalancerArns(made.loadBalancerArn())));
  }

  @Test
  void wrongLoadBalancersAreRefused() {
    refused("ValidationError", () -> elb.createLoadBalancer(one -> one.name("-x-")));
    refused(
        "ValidationError", () -> elb.createLoadBalancer(one -> one.name(unique()).type("gateway")));
    refused(
        "SubnetNotFound",
        () -> elb.createLoadBalancer(one -> one.name(unique()).subnets("subnet-1")));
    refused(
        "InvalidSecurityGroup",
        () -> elb.createLoadBalancer(one -> one.name(unique()).securityGroups("sg-1")));
  }

  @Test
  void attributesHaveDefaultsAndChange() {
    String arn = balancer("application").loadBalancerArn();
    assertThat(attributes(arn))
        .containsEntry("idle_timeout.timeout_seconds", "60")
        .containsEntry("deletion_protection.enabled", "false");

    elb.modifyLoadBalancerAttributes(
        one ->
            one.loadBalancerArn(arn)
                .attributes(
                    attribute("idle_timeout.timeout_seconds", "7"),
                    attribute("deletion_protection.enabled", "true")));

    assertThat(attributes(arn)).containsEntry("idle_timeout.timeout_seconds", "7");
    refused("OperationNotPermitted", () -> elb.deleteLoadBalancer(one -> one.loadBalancerArn(arn)));
    refused(
        "ValidationError",
        () ->
            elb.modifyLoadBalancerAttributes(
                one -> one.loadBalancerArn(arn).attributes(attribute("none.such", "1"))));
    assertThat(elb.describeCapacityReservation(one -> one.loadBalancerArn(arn)))
        .matches(answer -> answer.minimumLoadBalancerCapacity() == null);
  }

  @Test
  void aPlaceInTheNetworkChanges() {
    LoadBalancer made = balancer("application");
    String subnet = made.availabilityZones().getFirst().subnetId();

    assertThat(
            elb.setSubnets(one -> one.loadBalancerArn(made.loadBalancerArn()).subnets(subnet))
                .availabilityZones())
        .singleElement()
        .matches(zone -> zone.subnetId().equals(subnet));
    assertThat(
            elb.setIpAddressType(
                    one -> one.loadBalancerArn(made.loadBalancerArn()).ipAddressType("dualstack"))
                .ipAddressTypeAsString())
        .isEqualTo("dualstack");
    assertThat(
            elb.setSecurityGroups(
                    one ->
                        one.loadBalancerArn(made.loadBalancerArn())
                            .securityGroups(made.securityGroups()))
                .securityGroupIds())
        .isEqualTo(made.securityGroups());
  }

  @Test
  void listenersForwardRedirectAndAnswer() {
    LoadBalancer balancer = balancer("application");
    TargetGroup group = group("HTTP");

    Listener forwarding =
        listener(balancer, one -> one.type("forward").targetGroupArn(group.targetGroupArn()));
    Listener redirecting =
        listener(
            balancer,
            one ->
                one.type("redirect")
                    .redirectConfig(to -> to.protocol("HTTPS").port("443").statusCode("HTTP_301")));

    assertThat(forwarding.defaultActions().getFirst().forwardConfig().targetGroups().getFirst())
        .matches(tuple -> tuple.targetGroupArn().equals(group.targetGroupArn()))
        .matches(tuple -> tuple.weight() == 1);
    assertThat(redirecting.defaultActions().getFirst().redirectConfig().path())
        .isEqualTo("/#{path}");
    assertThat(
            elb.describeListeners(one -> one.loadBalancerArn(balancer.loadBalancerArn()))
                .listeners())
        .containsExactlyInAnyOrder(forwarding, redirecting);
    assertThat(
            elb.describeTargetGroups(one -> one.loadBalancerArn(balancer.loadBalancerArn()))
                .targetGroups()
                .getFirst()
                .loadBalancerArns())
        .containsExactly(balancer.loadBalancerArn());

    elb.modifyListener(
        one ->
            one.listenerArn(forwarding.listenerArn())
                .defaultActions(
                    Action.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(fixed -> fixed.statusCode("503"))
                        .build()));

    assertThat(
            elb.describeListeners(one -> one.listenerArns(forwarding.listenerArn()))
                .listeners()
                .getFirst()
                .defaultActions()
                .getFirst()
                .fixedResponseConfig()
                .contentType())
        .isEqualTo("text/plain");
    elb.deleteTargetGroup(one -> one.targetGroupArn(group.targetGroupArn()));
    elb.deleteListener(one -> one.listenerArn(forwarding.listenerArn()));
    refused(
        "ListenerNotFound",
        () -> elb.deleteListener(one -> one.listenerArn(forwarding.listenerArn())));
  }

  @Test
  void wrongListenersAreRefused() {
    LoadBalancer balancer = balancer("application");
    TargetGroup group = group("HTTP");
    TargetGroup tcp = group("TCP");
    Listener present =
        listener(balancer, one -> one.type("forward").targetGroupArn(group.targetGroupArn()));

    refused(
        "DuplicateListener",
        () ->
            elb.createListener(
                one ->
                    one.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTP")
                        .port(present.port())
                        .defaultActions(answering("404"))));
    refused(
        "TargetGroupAssociationLimit",
        () ->
            listener(
                balancer("application"),
                one -> one.type("forward").targetGroupArn(group.targetGroupArn())));
    refused(
        "IncompatibleProtocols",
        () -> listener(balancer, one -> one.type("forward").targetGroupArn(tcp.targetGroupArn())));
    refused(
        "ValidationError",
        () ->
            listener(
                balancer,
                one ->
                    one.type("authenticate-oidc")
                        .authenticateOidcConfig(oidc -> oidc.issuer("https://x"))));
    refused(
        "CertificateNotFound",
        () ->
            elb.createListener(
                one ->
                    one.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTPS")
                        .port(nextPort++)
                        .defaultActions(answering("404"))));
    refused(
        "SSLPolicyNotFound",
        () ->
            elb.createListener(
                one ->
                    one.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTPS")
                        .port(nextPort++)
                        .sslPolicy("none")
                        .defaultActions(answering("404"))));
    refused(
        "TargetGroupNotFound",
        () ->
            listener(
                balancer, one -> one.type("forward").targetGroupArn(group.targetGroupArn() + "0")));
  }

  @Test
  void rulesHavePrioritiesConditionsAndActions() {
    LoadBalancer balancer = balancer("application");
    Listener listener = listener(balancer, one -> answer(one, "404"));

    Rule path = rule(listener, 10, condition("path-pattern", "/api/*"));
    Rule header =
        rule(
            listener,
            20,
            RuleCondition.builder()
                .field("http-header")
                .httpHeaderConfig(one -> one.httpHeaderName("X-Beta").values("yes"))
                .build());

    assertThat(path.conditions().getFirst().values()).containsExactly("/api/*");
    assertThat(path.conditions().getFirst().pathPatternConfig().values()).containsExactly("/api/*");
    assertThat(header.conditions().getFirst().httpHeaderConfig().httpHeaderName())
        .isEqualTo("X-Beta");
    assertThatThrownBy(() -> rule(listener, 10, condition("host-header", "a.example.com")))
        .isInstanceOf(PriorityInUseException.class);
    elb.setRulePriorities(
        one ->
            one.rulePriorities(
                RulePriorityPair.builder().ruleArn(path.ruleArn()).priority(20).build(),
                RulePriorityPair.builder().ruleArn(header.ruleArn()).priority(10).build()));
    assertThat(
            elb.describeRules(one -> one.listenerArn(listener.listenerArn())).rules().stream()
                .map(Rule::priority))
        .containsExactly("10", "20", "default");
    assertThat(
            elb.describeRules(one -> one.ruleArns(header.ruleArn())).rules().getFirst().priority())
        .isEqualTo("10");
    elb.modifyRule(
        one -> one.ruleArn(path.ruleArn()).conditions(condition("host-header", "*.example.com")));
    assertThat(
            elb.describeRules(one -> one.ruleArns(path.ruleArn()))
                .rules()
                .getFirst()
                .conditions()
                .getFirst()
                .field())
        .isEqualTo("host-header");
    elb.deleteRule(one -> one.ruleArn(path.ruleArn()));
    refused("RuleNotFound", () -> elb.deleteRule(one -> one.ruleArn(path.ruleArn())));
    refused("ValidationError", () -> rule(listener, 70_000, condition("path-pattern", "/x")));
    refused("ValidationError", () -> rule(listener, 30, condition("source-ip", "here")));
  }

  @Test
  void rulesListenersAndLimitsComeInPages() {
    LoadBalancer balancer = balancer("application");
    Listener listener = listener(balancer, one -> answer(one, "404"));
    listener(balancer, one -> answer(one, "404"));
    rule(listener, 9, condition("path-pattern", "/9"));
    rule(listener, 10, condition("path-pattern", "/10"));

    DescribeRulesResponse first =
        elb.describeRules(one -> one.listenerArn(listener.listenerArn()).pageSize(2));
    elb.deleteRule(one -> one.ruleArn(first.rules().getLast().ruleArn()));

    assertThat(first.rules()).extracting(Rule::priority).containsExactly("9", "10");
    assertThat(
            elb.describeRules(
                    one ->
                        one.listenerArn(listener.listenerArn())
                            .pageSize(2)
                            .marker(first.nextMarker()))
                .rules())
        .as("what was at the end of the page before is gone, and nothing is left out")
        .extracting(Rule::priority)
        .containsExactly("default");
    assertThat(
            elb.describeListeners(
                    one -> one.loadBalancerArn(balancer.loadBalancerArn()).pageSize(1))
                .nextMarker())
        .isNotBlank();
    assertThat(elb.describeAccountLimits(one -> one.pageSize(3)).limits()).hasSize(3);
    refused(
        "ValidationError",
        () ->
            elb.describeRules(
                one -> one.listenerArn(listener.listenerArn()).marker("not one of ours")));
  }

  @Test
  void targetGroupsHaveChecksAttributesAndTargets() {
    TargetGroup group = group("HTTP");
    String arn = group.targetGroupArn();
    assertThat(group.healthCheckIntervalSeconds()).isEqualTo(30);
    assertThat(group.protocolVersion()).isEqualTo("HTTP1");
    assertThat(group.matcher().httpCode()).isEqualTo("200");

    elb.modifyTargetGroup(
        one ->
            one.targetGroupArn(arn).healthCheckPath("/up").matcher(to -> to.httpCode("200-299")));
    elb.modifyTargetGroupAttributes(
        one ->
            one.targetGroupArn(arn)
                .attributes(
                    TargetGroupAttribute.builder().key("stickiness.enabled").value("true").build(),
                    TargetGroupAttribute.builder()
                        .key("deregistration_delay.timeout_seconds")
                        .value("5")
                        .build()));
    elb.registerTargets(
        one ->
            one.targetGroupArn(arn)
                .targets(
                    TargetDescription.builder().id("10.1.2.3").port(8090).build(),
                    TargetDescription.builder().id("10.1.2.4").build()));

    assertThat(
            elb.describeTargetGroupAttributes(one -> one.targetGroupArn(arn)).attributes().stream()
                .collect(Collectors.toMap(TargetGroupAttribute::key, TargetGroupAttribute::value)))
        .containsEntry("stickiness.enabled", "true")
        .containsEntry("deregistration_delay.timeout_seconds", "5")
        .containsEntry("slow_start.duration_seconds", "0");
    assertThat(elb.describeTargetHealth(one -> one.targetGroupArn(arn)).targetHealthDescriptions())
        .hasSize(2)
        .allMatch(one -> one.targetHealth().stateAsString().equals("unused"))
        .anyMatch(one -> one.target().id().equals("10.1.2.4") && one.target().port() == 80);
    elb.deregisterTargets(
        one ->
            one.targetGroupArn(arn)
                .targets(TargetDescription.builder().id("10.1.2.3").port(8090).build()));
    assertThat(
            elb.describeTargetHealth(
                    one ->
                        one.targetGroupArn(arn)
                            .targets(TargetDescription.builder().id("10.1.2.3").build()))
                .targetHealthDescriptions()
                .getFirst()
                .targetHealth()
                .reasonAsString())
        .isEqualTo("Target.NotRegistered");
    assertThatThrownBy(() -> elb.describeTargetGroups(one -> one.names("none")))
        .isInstanceOf(TargetGroupNotFoundException.class);
    refused(
        "ValidationError",
        () ->
            elb.registerTargets(
                one ->
                    one.targetGroupArn(arn)
                        .targets(TargetDescription.builder().id("127.0.0.1").build())));
    refused(
        "ValidationError",
        () ->
            elb.registerTargets(
                one ->
                    one.targetGroupArn(arn)
                        .targets(TargetDescription.builder().id("10.1.2.3").port(9092).build())));
    refused(
        "ValidationError",
        () ->
            elb.registerTargets(
                one ->
                    one.targetGroupArn(arn)
                        .targets(TargetDescription.builder().id("web.example.com").build())));
    refused(
        "InvalidTarget",
        () ->
            elb.registerTargets(
                one ->
                    one.targetGroupArn(arn)
                        .targets(TargetDescription.builder().id("i-0123456789abcdef0").build())));
    refused(
        "DuplicateTargetGroupName",
        () ->
            elb.createTargetGroup(
                one -> one.name(group.targetGroupName()).protocol("TCP").port(80)));
    refused(
        "ValidationError",
        () -> elb.createTargetGroup(one -> one.name(unique()).targetType("lambda")));
  }

  @Test
  void aTargetGroupInUseStays() {
    TargetGroup group = group("HTTP");
    listener(
        balancer("application"), one -> one.type("forward").targetGroupArn(group.targetGroupArn()));

    assertThatThrownBy(
            () -> elb.deleteTargetGroup(one -> one.targetGroupArn(group.targetGroupArn())))
        .isInstanceOf(ResourceInUseException.class);
  }

  @Test
  void networkLoadBalancersForwardConnections() {
    LoadBalancer balancer = balancer("network");
    TargetGroup group = group("TCP");

    Listener listener =
        elb.createListener(
                one ->
                    one.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("TCP")
                        .port(nextPort++)
                        .defaultActions(
                            Action.builder()
                                .type("forward")
                                .targetGroupArn(group.targetGroupArn())
                                .build()))
            .listeners()
            .getFirst();

    assertThat(balancer.loadBalancerArn()).contains(":loadbalancer/net/");
    assertThat(group.healthCheckProtocolAsString()).isEqualTo("TCP");
    assertThat(group.healthCheckTimeoutSeconds()).isEqualTo(10);
    assertThat(
            elb.createTargetGroup(
                    one -> one.name(unique()).protocol("TCP").port(80).healthCheckProtocol("HTTP"))
                .targetGroups()
                .getFirst()
                .healthCheckTimeoutSeconds())
        .isEqualTo(6);
    assertThat(
            elb.describeListenerAttributes(one -> one.listenerArn(listener.listenerArn()))
                .attributes()
                .getFirst()
                .key())
        .isEqualTo("tcp.idle_timeout.seconds");
    refused(
        "InvalidConfigurationRequest", () -> rule(listener, 1, condition("path-pattern", "/x")));
    refused(
        "ValidationError",
        () ->
            elb.createListener(
                one ->
                    one.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTP")
                        .port(nextPort++)
                        .defaultActions(answering("404"))));
  }

  @Test
  void portsAreSharedByHostName() {
    Listener first = listener(balancer("application"), one -> answer(one, "404"));
    LoadBalancer second = balancer("application");

    Listener other =
        elb.createListener(
                one ->
                    one.loadBalancerArn(second.loadBalancerArn())
                        .protocol("HTTP")
                        .port(first.port())
                        .defaultActions(answering("503")))
            .listeners()
            .getFirst();

    assertThat(other.port()).isEqualTo(first.port());
  }

  @Test
  void tagsComeAndGo() {
    String arn = group("HTTP").targetGroupArn();

    elb.addTags(
        one ->
            one.resourceArns(arn)
                .tags(
                    Tag.builder().key("a").value("1").build(),
                    Tag.builder().key("b").value("2").build()));
    elb.removeTags(one -> one.resourceArns(arn).tagKeys("a"));

    assertThat(elb.describeTags(one -> one.resourceArns(arn)).tagDescriptions().getFirst().tags())
        .containsExactly(Tag.builder().key("b").value("2").build());
    elb.deleteTargetGroup(one -> one.targetGroupArn(arn + "0"));
    refused("TargetGroupNotFound", () -> elb.describeTags(one -> one.resourceArns(arn + "0")));
    refused(
        "DuplicateTagKeys",
        () ->
            elb.addTags(
                one ->
                    one.resourceArns(arn)
                        .tags(
                            Tag.builder().key("c").value("1").build(),
                            Tag.builder().key("c").value("2").build())));
  }

  @Test
  void limitsPoliciesAndWhatIsNotOffered() {
    assertThat(elb.describeAccountLimits().limits())
        .anyMatch(one -> one.name().equals("rules-per-application-load-balancer"));
    assertThat(
            elb.describeSSLPolicies(one -> one.names("ELBSecurityPolicy-TLS13-1-2-2021-06"))
                .sslPolicies()
                .getFirst()
                .sslProtocols())
        .containsExactly("TLSv1.2", "TLSv1.3");
    refused("SSLPolicyNotFound", () -> elb.describeSSLPolicies(one -> one.names("none")));
    assertThat(elb.describeTrustStores(one -> one.pageSize(10)).trustStores()).isEmpty();
    refused(
        "OperationNotPermitted",
        () ->
            elb.createTrustStore(
                one ->
                    one.name("x")
                        .caCertificatesBundleS3Bucket("b")
                        .caCertificatesBundleS3Key("k")));
  }

  @Test
  void whatIsNotOfferedIsRefused() {
    refused(
        "ValidationError",
        () -> elb.createLoadBalancer(one -> one.name(unique()).customerOwnedIpv4Pool("p")));
    refused(
        "ValidationError",
        () ->
            elb.createLoadBalancer(
                one -> one.name(unique()).ipamPools(pool -> pool.ipv4IpamPoolId("p"))));
    refused(
        "ValidationError",
        () ->
            elb.createLoadBalancer(
                one -> one.name(unique()).type("network").enablePrefixForIpv6SourceNat("on")));
    refused(
        "ValidationError",
        () ->
            elb.createTargetGroup(
                one -> one.name(unique()).protocol("HTTP").port(80).targetControlPort(81)));
    LoadBalancer balancer = balancer("application");
    refused(
        "ValidationError",
        () ->
            elb.createListener(
                one ->
                    one.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTP")
                        .port(nextPort++)
                        .mutualAuthentication(mutual -> mutual.mode("verify"))
                        .defaultActions(answering("404"))));
  }

  private LoadBalancer balancer(String type) {
    return elb.createLoadBalancer(one -> one.name(unique()).type(type)).loadBalancers().getFirst();
  }

  private TargetGroup group(String protocol) {
    return elb.createTargetGroup(
            one -> one.name(unique()).protocol(protocol).port(80).targetType("instance"))
        .targetGroups()
        .getFirst();
  }

  private Listener listener(LoadBalancer balancer, Consumer<Action.Builder> action) {
    return elb.createListener(
            one ->
                one.loadBalancerArn(balancer.loadBalancerArn())
                    .protocol("HTTP")
                    .port(nextPort++)
                    .defaultActions(Action.builder().applyMutation(action).build()))
        .listeners()
        .getFirst();
  }

  private Rule rule(Listener listener, int priority, RuleCondition condition) {
    return elb.createRule(
            one ->
                one.listenerArn(listener.listenerArn())
                    .priority(priority)
                    .conditions(condition)
                    .actions(answering("200")))
        .rules()
        .getFirst();
  }

  private static RuleCondition condition(String field, String value) {
    return RuleCondition.builder().field(field).values(value).build();
  }

  private static void answer(Action.Builder action, String status) {
    action.type("fixed-response").fixedResponseConfig(one -> one.statusCode(status));
  }

  private static Action answering(String status) {
    return Action.builder().applyMutation(one -> answer(one, status)).build();
  }

  private Map<String, String> attributes(String arn) {
    return elb.describeLoadBalancerAttributes(one -> one.loadBalancerArn(arn)).attributes().stream()
        .collect(Collectors.toMap(LoadBalancerAttribute::key, LoadBalancerAttribute::value));
  }

  private static LoadBalancerAttribute attribute(String key, String value) {
    return LoadBalancerAttribute.builder().key(key).value(value).build();
  }

  private static void refused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ElasticLoadBalancingV2Exception.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refusal.requestId()).isNotBlank();
            });
  }

  private static String unique() {
    return "t" + UUID.randomUUID().toString().substring(0, 8);
  }
}

package dev.berth.e2e.balancer;

import static dev.berth.e2e.balancer.MadeBalancers.answer;
import static dev.berth.e2e.balancer.MadeBalancers.forward;
import static dev.berth.e2e.balancer.MadeBalancers.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.e2e.aws.RestrictedKey;
import dev.berth.e2e.aws.SeenCalls;
import dev.berth.standalone.process.FreePort;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2ClientBuilder;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Each error code of Elastic Load Balancing that an input can cause, as the AWS SDK sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class BalancerSdkErrorsStoryTest {
  private static final String NOWHERE = "arn:aws:acm:us-east-1:000000000000:certificate/none";

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);
  private final ElasticLoadBalancingV2Client elb =
      tools.client(ElasticLoadBalancingV2Client.builder());
  private final MadeBalancers made = new MadeBalancers(elb);
  private final String name = "err-" + UUID.randomUUID().toString().substring(0, 8);
  private LoadBalancer balancer;
  private LoadBalancer network;
  private TargetGroup group;
  private TargetGroup tcpGroup;
  private TargetGroup freeGroup;
  private Listener listener;
  private Listener tcp;
  private Rule rule;

  /** A call that is refused, and the code it is refused with. */
  record Refused(String code, String what, Runnable call) {
    @Override
    public String toString() {
      return code + ": " + what;
    }
  }

  /** A client that isn't let in. */
  record Stranger(String code, String what, Consumer<ElasticLoadBalancingV2ClientBuilder> client) {
    @Override
    public String toString() {
      return code + ": " + what;
    }
  }

  @BeforeAll
  void somethingIsThere() {
    balancer = made.balancer(b -> b.name(name));
    network = made.balancer(b -> b.name(name + "-n").type("network"));
    group = made.group(name, g -> g.targetType("ip"));
    tcpGroup = made.group(name + "-n", g -> g.protocol("TCP").targetType("ip"));
    freeGroup = made.group(name + "-f", g -> g.protocol("TCP").targetType("ip"));
    listener = made.listener(balancer, l -> l.defaultActions(forward(group)));
    tcp = made.listener(network, l -> l.protocol("TCP").defaultActions(forward(tcpGroup)));
    rule = made.rule(listener, 10, answer(200, "ten"), path("/ten"));
  }

  @AfterAll
  void told() {
    made.close();
    elb.close();
    SeenCalls.ended(BalancerSdkErrorsStoryTest.class);
  }

  Stream<Refused> ofLoadBalancers() {
    return Stream.of(
        new Refused(
            "LoadBalancerNotFound",
            "no such name",
            () -> elb.describeLoadBalancers(d -> d.names(name + "-none"))),
        new Refused(
            "LoadBalancerNotFound",
            "listeners of none",
            () -> elb.describeListeners(d -> d.loadBalancerArn(balancer.loadBalancerArn() + "0"))),
        new Refused(
            "DuplicateLoadBalancerName",
            "the name with another scheme",
            () -> elb.createLoadBalancer(c -> c.name(name).scheme("internal"))),
        new Refused(
            "SubnetNotFound",
            "no such subnet",
            () -> elb.createLoadBalancer(c -> c.name(name + "-x").subnets("subnet-none"))),
        new Refused(
            "InvalidSecurityGroup",
            "no such security group",
            () ->
                elb.setSecurityGroups(
                    s -> s.loadBalancerArn(balancer.loadBalancerArn()).securityGroups("sg-none"))),
        new Refused(
            "InvalidConfigurationRequest",
            "two subnets of one zone",
            () -> {
              String subnet = balancer.availabilityZones().getFirst().subnetId();
              elb.createLoadBalancer(c -> c.name(name + "-x").subnets(subnet, subnet));
            }),
        new Refused(
            "ValidationError",
            "a name that no host can have",
            () -> elb.createLoadBalancer(c -> c.name("-a-"))),
        new Refused(
            "ValidationError",
            "an attribute that there isn't",
            () ->
                elb.modifyLoadBalancerAttributes(
                    m ->
                        m.loadBalancerArn(balancer.loadBalancerArn())
                            .attributes(a -> a.key("nothing").value("x")))),
        new Refused(
            "ValidationError",
            "a gateway",
            () -> elb.createLoadBalancer(c -> c.name(name + "-x").type("gateway"))),
        new Refused(
            "ValidationError",
            "a page of a thousand",
            () -> elb.describeLoadBalancers(d -> d.pageSize(1000))),
        new Refused(
            "DuplicateTagKeys",
            "a key twice",
            () ->
                elb.addTags(
                    a ->
                        a.resourceArns(balancer.loadBalancerArn())
                            .tags(t -> t.key("a").value("1"), t -> t.key("a").value("2")))),
        new Refused(
            "OperationNotPermitted",
            "what isn't offered",
            () -> elb.modifyIpPools(m -> m.loadBalancerArn(balancer.loadBalancerArn()))));
  }

  Stream<Refused> ofListeners() {
    return Stream.of(
        new Refused(
            "ListenerNotFound",
            "no such listener",
            () -> elb.describeListeners(d -> d.listenerArns(listener.listenerArn() + "0"))),
        new Refused(
            "DuplicateListener",
            "another on the port",
            () ->
                made.listener(
                    balancer, l -> l.port(listener.port()).defaultActions(answer(404, "no")))),
        new Refused(
            "DuplicateListener",
            "a port that others can't share",
            () ->
                made.listener(
                    network,
                    l ->
                        l.protocol("TCP").port(listener.port()).defaultActions(forward(tcpGroup)))),
        new Refused(
            "TargetGroupAssociationLimit",
            "a target group of another load balancer",
            () -> {
              LoadBalancer other = made.balancer(b -> b.name(name + "-other"));
              made.listener(other, l -> l.defaultActions(forward(group)));
            }),
        new Refused(
            "IncompatibleProtocols",
            "HTTP to a target group of TCP",
            () -> made.listener(balancer, l -> l.defaultActions(forward(freeGroup)))),
        new Refused(
            "CertificateNotFound",
            "HTTPS without a certificate",
            () ->
                made.listener(balancer, l -> l.protocol("HTTPS").defaultActions(answer(200, "x")))),
        new Refused(
            "CertificateNotFound",
            "HTTPS with a certificate that isn't there",
            () ->
                made.listener(
                    balancer,
                    l ->
                        l.protocol("HTTPS")
                            .certificates(c -> c.certificateArn(NOWHERE))
                            .defaultActions(answer(200, "x")))),
        new Refused(
            "SSLPolicyNotFound",
            "no such policy",
            () -> elb.describeSSLPolicies(d -> d.names("ELBSecurityPolicy-None"))),
        new Refused(
            "UnsupportedProtocol",
            "a certificate for HTTP",
            () ->
                elb.addListenerCertificates(
                    a ->
                        a.listenerArn(listener.listenerArn())
                            .certificates(c -> c.certificateArn(NOWHERE)))),
        new Refused(
            "ValidationError",
            "an action that logs people in",
            () ->
                made.listener(
                    balancer,
                    l ->
                        l.defaultActions(
                            a ->
                                a.type("authenticate-oidc")
                                    .authenticateOidcConfig(o -> o.issuer("https://x"))))));
  }

  Stream<Refused> ofRules() {
    return Stream.of(
        new Refused(
            "RuleNotFound",
            "no such rule",
            () -> elb.describeRules(d -> d.ruleArns(rule.ruleArn() + "0"))),
        new Refused(
            "PriorityInUse",
            "another rule's priority",
            () -> made.rule(listener, 10, answer(200, "x"), path("/x"))),
        new Refused(
            "InvalidConfigurationRequest",
            "a rule of a network load balancer",
            () -> made.rule(tcp, 1, forward(tcpGroup), path("/x"))),
        new Refused(
            "OperationNotPermitted",
            "deleting the default rule",
            () -> {
              String last =
                  elb.describeRules(d -> d.listenerArn(listener.listenerArn()))
                      .rules()
                      .getLast()
                      .ruleArn();
              elb.deleteRule(d -> d.ruleArn(last));
            }),
        new Refused(
            "ValidationError",
            "a status that can't be answered",
            () -> made.rule(listener, 11, answer(42, "x"), path("/x"))),
        new Refused(
            "ValidationError",
            "no conditions",
            () -> made.rule(listener, 11, Action.builder().type("forward").build())));
  }

  Stream<Refused> ofTargetGroups() {
    return Stream.of(
        new Refused(
            "TargetGroupNotFound",
            "no such name",
            () -> elb.describeTargetGroups(d -> d.names(name + "-none"))),
        new Refused(
            "DuplicateTargetGroupName",
            "the name with another protocol",
            () -> elb.createTargetGroup(c -> c.name(name).protocol("TCP").port(80))),
        new Refused(
            "ResourceInUse",
            "deleting one that a listener forwards to",
            () -> elb.deleteTargetGroup(d -> d.targetGroupArn(group.targetGroupArn()))),
        new Refused(
            "InvalidTarget",
            "an instance that isn't there",
            () ->
                elb.registerTargets(
                    r ->
                        r.targetGroupArn(group.targetGroupArn())
                            .targets(t -> t.id("i-0123456789abcdef0")))),
        new Refused(
            "ValidationError",
            "an address of this machine itself",
            () ->
                elb.registerTargets(
                    r -> r.targetGroupArn(group.targetGroupArn()).targets(t -> t.id("127.0.0.1")))),
        new Refused(
            "ValidationError",
            "a function",
            () -> elb.createTargetGroup(c -> c.name(name + "-x").targetType("lambda"))));
  }

  static Stream<Stranger> strangers() {
    return Stream.of(
        new Stranger(
            "InvalidClientTokenId",
            "a key that nobody has",
            client ->
                client.credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "x")))),
        new Stranger(
            "MissingAuthenticationToken",
            "no signature",
            client -> client.credentialsProvider(AnonymousCredentialsProvider.create())),
        new Stranger(
            "SignatureDoesNotMatch", "another region", client -> client.region(Region.EU_WEST_1)));
  }

  @ParameterizedTest
  @MethodSource({"ofLoadBalancers", "ofListeners", "ofRules", "ofTargetGroups"})
  void isRefusedWithTheModelsCode(Refused refused) {
    assertCode(400, refused.code(), refused.call());
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void isNotLetIn(Stranger stranger) {
    ElasticLoadBalancingV2ClientBuilder builder = ElasticLoadBalancingV2Client.builder();
    tools.client(builder).close();
    stranger.client().accept(builder);
    try (ElasticLoadBalancingV2Client client = builder.build()) {
      assertCode(403, stranger.code(), client::describeLoadBalancers);
    }
  }

  @Test
  void isAllowedWhatItsPolicySays() {
    ElasticLoadBalancingV2ClientBuilder builder = ElasticLoadBalancingV2Client.builder();
    tools.client(builder).close();
    try (RestrictedKey key = RestrictedKey.allowing(suite, "elasticloadbalancing:Describe*");
        ElasticLoadBalancingV2Client reader =
            builder.credentialsProvider(key.credentials()).build()) {
      assertThat(reader.describeLoadBalancers(d -> d.names(name)).loadBalancers()).hasSize(1);
      assertCode(
          403,
          "AccessDenied",
          () -> reader.deleteLoadBalancer(d -> d.loadBalancerArn(balancer.loadBalancerArn())));
    }
  }

  @Test
  void whatIsProtectedStays() {
    protect("true");
    assertCode(
        400,
        "OperationNotPermitted",
        () -> elb.deleteLoadBalancer(d -> d.loadBalancerArn(network.loadBalancerArn())));
    protect("false");
  }

  private void protect(String value) {
    elb.modifyLoadBalancerAttributes(
        m ->
            m.loadBalancerArn(network.loadBalancerArn())
                .attributes(a -> a.key("deletion_protection.enabled").value(value)));
  }

  @Test
  void moreThanTheLimitsIsRefused() {
    LoadBalancer full = made.balancer(b -> b.name(name + "-full"));
    IntStream.range(0, 50)
        .forEach(any -> made.listener(full, l -> l.defaultActions(answer(200, "x"))));
    assertCode(
        400,
        "TooManyListeners",
        () -> made.listener(full, l -> l.port(FreePort.find()).defaultActions(answer(200, "x"))));

    elb.registerTargets(
        r ->
            r.targetGroupArn(tcpGroup.targetGroupArn())
                .targets(
                    IntStream.range(0, 1000)
                        .mapToObj(i -> "10.255.%d.%d".formatted(i / 250, i % 250 + 1))
                        .map(address -> TargetDescription.builder().id(address).build())
                        .toList()));
    assertCode(
        400,
        "TooManyTargets",
        () ->
            elb.registerTargets(
                r -> r.targetGroupArn(tcpGroup.targetGroupArn()).targets(t -> t.id("10.254.0.1"))));

    elb.addTags(
        a ->
            a.resourceArns(group.targetGroupArn())
                .tags(
                    IntStream.range(0, 50)
                        .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                        .toList()));
    assertCode(
        400,
        "TooManyTags",
        () ->
            elb.addTags(
                a -> a.resourceArns(group.targetGroupArn()).tags(t -> t.key("z").value("v"))));
  }

  /** That a call is refused with a code, as the model's errors are. */
  static void assertCode(int status, String code, Runnable call) {
    AwsServiceException refusal = catchThrowableOfType(AwsServiceException.class, call::run);
    assertThat(refusal).as("nothing was refused").isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.requestId()).isNotBlank();
  }
}

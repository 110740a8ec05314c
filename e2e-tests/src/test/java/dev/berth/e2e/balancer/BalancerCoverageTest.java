package dev.berth.e2e.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.e2e.aws.OperationsPage;
import dev.berth.e2e.aws.SeenCalls;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;

/** That the stories of load balancers leave out nothing of what Berth says it can. */
@Order(Integer.MAX_VALUE)
class BalancerCoverageTest {
  private static final Set<Class<?>> STORIES =
      Set.of(
          BalancerSdkStoryTest.class,
          BalancerSettingsStoryTest.class,
          BalancerSdkErrorsStoryTest.class,
          BalancerCertificateStoryTest.class,
          BalancerNetworkStoryTest.class);

  private static final String HEADING = "Elastic Load Balancing v2";

  /** The services behind load balancing. */
  enum Service {
    ELASTIC_LOAD_BALANCING("ElasticLoadBalancingV2", HEADING),
    EC2("Ec2", "Amazon EC2"),
    ACM("Acm", "AWS Certificate Manager");

    /** As the SDK names it. */
    private final String sdkName;

    private final String heading;

    Service(String sdkName, String heading) {
      this.sdkName = sdkName;
      this.heading = heading;
    }
  }

  private static final Set<String> PAGINATORS =
      Set.of(
          "DescribeAccountLimits",
          "DescribeListenerCertificates",
          "DescribeListeners",
          "DescribeLoadBalancers",
          "DescribeRules",
          "DescribeTargetGroups");

  /** The error codes that an input to Elastic Load Balancing causes here. */
  private static final Set<String> CODES =
      Set.of(
          "AccessDenied",
          "CertificateNotFound",
          "DuplicateListener",
          "DuplicateLoadBalancerName",
          "DuplicateTagKeys",
          "DuplicateTargetGroupName",
          "IncompatibleProtocols",
          "InvalidClientTokenId",
          "InvalidConfigurationRequest",
          "InvalidSecurityGroup",
          "InvalidTarget",
          "ListenerNotFound",
          "LoadBalancerNotFound",
          "MissingAuthenticationToken",
          "OperationNotPermitted",
          "PriorityInUse",
          "ResourceInUse",
          "RuleNotFound",
          "SSLPolicyNotFound",
          "SignatureDoesNotMatch",
          "SubnetNotFound",
          "TargetGroupAssociationLimit",
          "TargetGroupNotFound",
          "TooManyCertificates",
          "TooManyListeners",
          "TooManyTags",
          "TooManyTargets",
          "UnsupportedProtocol",
          "ValidationError");

  /** Codes that no story causes, each with the reason. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("TooManyRules", "a thousand rules take longer than all stories: ListenerRulesTest");

  /** Codes of the documentation that no input causes here. */
  private static final Map<String, String> NEVER =
      Map.ofEntries(
          Map.entry("AllocationIdNotFound", "addresses can't be chosen"),
          Map.entry(
              "AlpnPolicyNotSupported", "an ALPN policy that there isn't is a ValidationError"),
          Map.entry(
              "AvailabilityZoneNotSupported", "there are no other zones than those of subnets"),
          Map.entry("CapacityReservationPending", "no capacity is reserved"),
          Map.entry("HealthUnavailable", "a target that nobody has looked at is initial"),
          Map.entry("InvalidLoadBalancerAction", "an action that there isn't is a ValidationError"),
          Map.entry("InvalidScheme", "a scheme that there isn't is a ValidationError"),
          Map.entry("InvalidSubnet", "every subnet that there is will do"),
          Map.entry(
              "TooManyActions",
              "a second action is a ValidationError: it would be for authentication"),
          Map.entry("TooManyLoadBalancers", "they aren't counted"),
          Map.entry("TooManyRegistrationsForTargetId", "they aren't counted"),
          Map.entry("TooManyTargetGroups", "they aren't counted"),
          Map.entry("TooManyUniqueTargetGroupsPerLoadBalancer", "they aren't counted"),
          Map.entry(
              "TrustStoreNotFound",
              "there are no trust stores, and naming one is a ValidationError"),
          Map.entry(
              "TrustStoreNotReady",
              "there are no trust stores, and naming one is a ValidationError"));

  @BeforeAll
  static void allStoriesWereTold() {
    assumeTrue(SeenCalls.ended(STORIES), "needs all stories of load balancers in the same run");
  }

  @ParameterizedTest
  @EnumSource
  void everySupportedOperationWasAnswered(Service service) {
    assertThat(lowerCase(SeenCalls.answered(service.sdkName).stream()))
        .containsAll(lowerCase(OperationsPage.supported(service.heading).stream()));
  }

  @Test
  void everyPaginatorTurnedAPage() {
    assertThat(SeenCalls.paged(Service.ELASTIC_LOAD_BALANCING.sdkName)).containsAll(PAGINATORS);
    assertThat(SeenCalls.paged(Service.ACM.sdkName)).contains("ListCertificates");
  }

  @Test
  void everyErrorCodeWasAnsweredAndNoOther() {
    Set<String> refused = SeenCalls.refused(Service.ELASTIC_LOAD_BALANCING.sdkName);
    assertThat(refused).containsAll(CODES);
    Set<String> known = new TreeSet<>(CODES);
    known.addAll(ELSEWHERE.keySet());
    assertThat(refused).isSubsetOf(known);
  }

  @Test
  void everyDocumentedCodeIsCausedOrSaysWhyNot() {
    Set<String> supported = lowerCase(OperationsPage.supported(HEADING).stream());
    Set<String> documented =
        Arrays.stream(ElasticLoadBalancingV2Client.class.getMethods())
            .filter(method -> supported.contains(method.getName().toLowerCase(Locale.ROOT)))
            .flatMap(method -> Arrays.stream(method.getExceptionTypes()))
            .filter(ElasticLoadBalancingV2Exception.class::isAssignableFrom)
            .filter(thrown -> thrown != ElasticLoadBalancingV2Exception.class)
            .map(thrown -> thrown.getSimpleName().replaceFirst("Exception$", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    Set<String> known = lowerCase(CODES.stream());
    known.addAll(lowerCase(ELSEWHERE.keySet().stream()));
    known.addAll(lowerCase(NEVER.keySet().stream()));
    assertThat(documented).allMatch(code -> known.contains(code.toLowerCase(Locale.ROOT)));
    assertThat(documented).containsAll(NEVER.keySet());
  }

  /** The SDK and its models write SSL differently. */
  private static Set<String> lowerCase(Stream<String> names) {
    return names
        .map(one -> one.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

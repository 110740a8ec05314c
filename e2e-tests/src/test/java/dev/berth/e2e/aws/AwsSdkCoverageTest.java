package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** That the stories of the AWS SDK for Java leave out nothing of what Berth says it can. */
@Order(Integer.MAX_VALUE)
class AwsSdkCoverageTest {
  private static final String[] SERVICES = {"Ecs", "Sts"};

  private static final Set<Class<?>> STORIES =
      Set.of(
          AwsSdkStoryTest.class,
          AwsSdkDeploymentStoryTest.class,
          AwsSdkInstanceStoryTest.class,
          AwsSdkErrorsStoryTest.class,
          AwsSdkRefusalStoryTest.class);

  private static final Set<String> PAGINATORS =
      Set.of(
          "ListAccountSettings",
          "ListAttributes",
          "ListClusters",
          "ListContainerInstances",
          "ListServices",
          "ListTaskDefinitionFamilies",
          "ListTaskDefinitions",
          "ListTasks");

  /** The error codes that an input to Amazon ECS or AWS STS causes here. */
  static final Set<String> CODES =
      Set.of(
          "AccessDeniedException",
          "AttributeLimitExceededException",
          "ClientException",
          "ClusterContainsContainerInstancesException",
          "ClusterContainsServicesException",
          "ClusterNotFoundException",
          "ConflictException",
          "InvalidParameterException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "NoUpdateAvailableException",
          "PlatformUnknownException",
          "ResourceInUseException",
          "ResourceNotFoundException",
          "ServiceDeploymentNotFoundException",
          "ServiceNotActiveException",
          "ServiceNotFoundException",
          "TargetNotFoundException",
          "TaskSetNotFoundException",
          "UnknownOperationException",
          "UnrecognizedClientException",
          "UnsupportedFeatureException");

  /** Codes that no story can cause reliably, each with the reason and the test that has it. */
  static final Map<String, String> ELSEWHERE =
      Map.of(
          "ClusterContainsTasksException",
          "tasks outlive their instance for a moment only: ContainerInstanceOperationsTest",
          "IncompleteSignatureException",
          "the SDK's signatures are whole: ForgedRequestsTest, AccessResourcesTest",
          "RequestEntityTooLargeException",
          "the answer may come while the SDK still sends, and be lost: AwsWireTest",
          "SerializationException",
          "the SDK sends nothing that can't be read: AwsWireTest",
          "ServerException",
          "no input causes it");

  @BeforeAll
  static void allStoriesWereTold() {
    assumeTrue(SeenCalls.ended(STORIES), "needs the stories of the AWS SDK in the same run");
  }

  @Test
  void everySupportedOperationWasAnswered() {
    Set<String> supported = new TreeSet<>(OperationsPage.supported("Amazon ECS"));
    supported.addAll(OperationsPage.supported("AWS STS"));
    assertThat(supported).hasSizeGreaterThan(54);
    assertThat(SeenCalls.answered(SERVICES)).containsAll(supported);
  }

  @Test
  void everyPaginatorTurnedAPage() {
    assertThat(SeenCalls.paged(SERVICES)).containsAll(PAGINATORS);
  }

  @Test
  void everyErrorCodeWasAnsweredAndNoOther() {
    assertThat(SeenCalls.refused(SERVICES)).containsAll(CODES);
    Set<String> known = new TreeSet<>(CODES);
    known.addAll(ELSEWHERE.keySet());
    assertThat(SeenCalls.refused(SERVICES)).isSubsetOf(known);
  }
}

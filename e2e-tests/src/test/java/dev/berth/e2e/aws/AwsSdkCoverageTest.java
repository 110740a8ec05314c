package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** That the stories of the AWS SDK for Java leave out nothing of what Berth says it can. */
@Order(Integer.MAX_VALUE)
class AwsSdkCoverageTest {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/aws-operations.md");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

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
  void everySupportedOperationWasAnswered() throws IOException {
    Set<String> supported = new TreeSet<>(supported("## Amazon ECS"));
    supported.addAll(supported("## AWS STS"));
    assertThat(supported).hasSizeGreaterThan(54);
    assertThat(SeenCalls.answered()).containsAll(supported);
  }

  @Test
  void everyPaginatorTurnedAPage() {
    assertThat(SeenCalls.paged()).containsAll(PAGINATORS);
  }

  @Test
  void everyErrorCodeWasAnsweredAndNoOther() {
    assertThat(SeenCalls.refused()).containsAll(CODES);
    Set<String> known = new TreeSet<>(CODES);
    known.addAll(ELSEWHERE.keySet());
    assertThat(SeenCalls.refused()).isSubsetOf(known);
  }

  static List<String> supported(String heading) throws IOException {
    String line =
        Files.readAllLines(PAGE).stream()
            .dropWhile(one -> !one.equals(heading))
            .filter(one -> one.startsWith("Supported, "))
            .findFirst()
            .orElseThrow();
    List<String> names =
        NAME.matcher(line).results().map((MatchResult match) -> match.group(1)).toList();
    assertThat(line).startsWith("Supported, " + names.size() + " of ");
    return names;
  }
}

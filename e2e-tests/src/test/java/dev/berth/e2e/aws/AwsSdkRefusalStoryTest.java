package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.e2e.BerthSuite;
import dev.berth.standalone.demo.ApiClient;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.Scale;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The errors that many operations of Amazon ECS have, each at every supported operation whose
 * documentation (the SDK's {@code throws}) names it.
 */
class AwsSdkRefusalStoryTest {
  private static final String DENIED = "AccessDeniedException";
  private static final String NO_CLUSTER = "ClusterNotFoundException";
  private static final String NO_SERVICE = "ServiceNotFoundException";
  private static final String INVALID = "InvalidParameterException";
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:";
  private static final String ID = "0".repeat(32);

  /** Operations whose documentation names the error and that have no input for it here. */
  private static final Map<String, Set<String>> NOT_HERE =
      Map.of(
          // Capacity providers belong to no cluster (those of managed instances do, in ECS); what
          // an ARN names and isn't there is a failure in the answer, or a resource that isn't
          // found.
          NO_CLUSTER,
          Set.of(
              "CreateCapacityProvider",
              "DeleteCapacityProvider",
              "DescribeCapacityProviders",
              "UpdateCapacityProvider",
              "DescribeServiceDeployments",
              "DescribeServiceRevisions",
              "ListTagsForResource",
              "TagResource",
              "UntagResource"),
          NO_SERVICE,
          Set.of("DescribeServiceDeployments", "DescribeServiceRevisions"),
          // What is wrong with a task definition is a ClientException.
          INVALID,
          Set.of("RegisterTaskDefinition"),
          DENIED,
          Set.of());

  /** Codes of the documentation that no input causes here. */
  private static final Map<String, String> NEVER =
      Map.of(
          "BlockedException", "no account is blocked",
          "ClusterContainsCapacityProviderException", "providers outlive their clusters",
          "LimitExceededException", "nothing is counted against an account's quota",
          "NamespaceNotFoundException", "a Service Connect namespace is kept by its name",
          "PlatformTaskDefinitionIncompatibilityException",
              "a definition that doesn't fit Fargate is a ClientException",
          "UpdateInProgressException", "updates of capacity providers are done at once");

  /** A value for each member by its name, so that no request lacks one that is required. */
  private static final Map<String, Object> SAMPLES = samples();

  private static String deniedKeyId;
  private static String deniedSecret;

  private final AwsTools tools = AwsTools.of(BerthSuite.shared());

  /** A call and the code that it is to be refused with. */
  record Row(Method method, String code) {
    String operation() {
      String name = method.getParameterTypes()[0].getSimpleName();
      return name.substring(0, name.length() - "Request".length());
    }

    @Override
    public String toString() {
      return operation() + ": " + code;
    }
  }

  private static Map<String, Object> samples() {
    Map<String, Object> samples = new HashMap<>();
    for (String name :
        List.of(
            "service", "serviceName", "capacityProvider", "namespace", "family", "clusterName")) {
      samples.put(name, "nobody");
    }
    samples.put("cluster", "nobody");
    samples.put("services", List.of("nobody"));
    samples.put("task", ID);
    samples.put("tasks", List.of(ID));
    samples.put("taskDefinition", "nobody:1");
    samples.put("taskDefinitions", List.of("nobody:1"));
    samples.put("taskSet", "ecs-svc/1");
    samples.put("primaryTaskSet", "ecs-svc/1");
    samples.put("containerInstance", ID);
    samples.put("containerInstances", List.of(ID));
    samples.put("desiredCount", 1);
    samples.put("name", "containerInsights");
    samples.put("value", "enabled");
    samples.put("status", "DRAINING");
    samples.put("targetType", "container-instance");
    samples.put("protectionEnabled", true);
    samples.put("capacityProviders", List.of("FARGATE"));
    samples.put(
        "defaultCapacityProviderStrategy",
        List.of(CapacityProviderStrategyItem.builder().capacityProvider("FARGATE").build()));
    samples.put(
        "attributes", List.of(Attribute.builder().name("a").value("b").targetId(ID).build()));
    samples.put(
        "settings",
        List.of(ClusterSetting.builder().name("containerInsights").value("enabled").build()));
    samples.put("scale", Scale.builder().unit("PERCENT").value(50.0).build());
    samples.put("resourceArn", ARN + "cluster/nobody");
    samples.put("tags", List.of(Tag.builder().key("a").value("b").build()));
    samples.put("tagKeys", List.of("a"));
    samples.put(
        "containerDefinitions",
        List.of(ContainerDefinition.builder().name("a").image("b").memory(64).build()));
    String deployment = ARN + "service-deployment/nobody/nobody/" + "0".repeat(21);
    samples.put("serviceDeploymentArn", deployment);
    samples.put("serviceDeploymentArns", List.of(deployment));
    samples.put("serviceRevisionArns", List.of(ARN + "service-revision/nobody/nobody/1"));
    return samples;
  }

  static Stream<Row> rows() throws IOException {
    Set<String> supported = Set.copyOf(OperationsPage.supported("Amazon ECS"));
    return NOT_HERE.keySet().stream()
        .sorted()
        .flatMap(
            code ->
                documented(supported)
                    .filter(method -> codes(method).contains(code))
                    .map(method -> new Row(method, code)))
        .filter(row -> !NOT_HERE.get(row.code()).contains(row.operation()));
  }

  private static Stream<Method> documented(Set<String> supported) {
    return Arrays.stream(EcsClient.class.getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> !method.getName().endsWith("Paginator"))
        .filter(method -> SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(method -> supported.contains(new Row(method, "").operation()))
        .sorted(Comparator.comparing(Method::getName));
  }

  private static List<String> codes(Method method) {
    return Arrays.stream(method.getExceptionTypes()).map(Class::getSimpleName).toList();
  }

  @BeforeAll
  static void aKeyThatMayAlmostNothing() throws IOException {
    JsonNode key =
        BerthSuite.shared()
            .api()
            .post(
                "/v1/access-keys",
                ApiClient.json()
                    .readTree(
                        """
                        {"userName": "nobody", "policy": {"Version": "2012-10-17", "Statement": [
                          {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}]}}
                        """));
    deniedKeyId = key.path("accessKeyId").asText();
    deniedSecret = key.path("secretAccessKey").asText();
  }

  @AfterAll
  static void told() {
    BerthSuite.shared().api().delete("/v1/access-keys/" + deniedKeyId);
    SeenCalls.ended(AwsSdkRefusalStoryTest.class);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedWhereTheDocumentationSaysSo(Row row) {
    EcsClientBuilder builder = EcsClient.builder();
    tools.client(builder).close();
    if (row.code().equals(DENIED)) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(AwsBasicCredentials.create(deniedKeyId, deniedSecret)));
    }
    try (EcsClient ecs = builder.build()) {
      AwsServiceException refusal =
          catchThrowableOfType(
              AwsServiceException.class, () -> call(ecs, row.method(), request(row)));
      assertThat(refusal).as("nothing was refused").isNotNull();
      assertThat(refusal.awsErrorDetails().errorCode())
          .as(refusal.getMessage())
          .isEqualTo(row.code());
      assertThat(refusal.statusCode()).isEqualTo(400);
    }
  }

  /**
   * The other codes are each caused once, somewhere in the stories; the coverage test sees to it.
   */
  @Test
  void everyDocumentedCodeIsCausedOrSaysWhyNot() throws IOException {
    Set<String> known = new TreeSet<>(AwsSdkCoverageTest.CODES);
    known.addAll(AwsSdkCoverageTest.ELSEWHERE.keySet());
    known.addAll(NEVER.keySet());
    known.addAll(List.of("AwsServiceException", "SdkClientException", "EcsException"));

    Set<String> documented = new TreeSet<>();
    documented(Set.copyOf(OperationsPage.supported("Amazon ECS")))
        .forEach(method -> documented.addAll(codes(method)));

    assertThat(known).containsAll(documented);
    assertThat(documented).containsAll(NEVER.keySet());
  }

  private static Object request(Row row) {
    return switch (row.code()) {
      case NO_SERVICE -> request(row, Map.of("cluster", "default"), true);
      case INVALID ->
          request(
              row,
              Map.of(
                  "maxResults",
                  1000,
                  "clusterName",
                  "a b",
                  "clusters",
                  Collections.nCopies(101, "x"),
                  "totalResources",
                  List.of(Resource.builder().build())),
              false);
      default -> request(row, Map.of(), true);
    };
  }

  private static Object request(Row row, Map<String, Object> own, boolean samples) {
    try {
      SdkPojo builder =
          (SdkPojo) row.method().getParameterTypes()[0].getMethod("builder").invoke(null);
      for (SdkField<?> field : builder.sdkFields()) {
        String name = field.locationName();
        Object value = own.getOrDefault(name, samples ? SAMPLES.get(name) : null);
        boolean list = field.marshallingType() == MarshallingType.LIST;
        if (value != null && list == value instanceof List) {
          field.set(builder, value);
        }
      }
      return ((Buildable) builder).build();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(row + " has no such request", e);
    }
  }

  private static void call(EcsClient ecs, Method method, Object request) throws Throwable {
    try {
      method.invoke(ecs, request);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

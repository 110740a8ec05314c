package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.e2e.BerthSuite;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.TargetType;

/** Each error code that an input can cause, as the AWS SDK for Java sees it. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class AwsSdkErrorsStoryTest {
  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);

  /** A call that is refused, and the code it is refused with. */
  record Refused(String code, String what, Consumer<EcsClient> call) {
    @Override
    public String toString() {
      return code + ": " + what;
    }
  }

  /** A client that isn't let in. */
  record Stranger(String code, String what, Consumer<EcsClientBuilder> client) {
    @Override
    public String toString() {
      return code + ": " + what;
    }
  }

  /** Asks for an operation that there isn't, before the request is signed. */
  private static final class AnotherTarget implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      return context.httpRequest().toBuilder()
          .putHeader("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.SinkCluster")
          .build();
    }
  }

  @AfterAll
  static void told() {
    SeenCalls.ended(AwsSdkErrorsStoryTest.class);
  }

  static Stream<Refused> refusals() {
    return Stream.of(
        new Refused(
            "ClusterNotFoundException",
            "services of no cluster",
            ecs -> ecs.listServices(l -> l.cluster("nobody"))),
        new Refused(
            "ClusterContainsContainerInstancesException",
            "deleting a cluster in use",
            ecs -> ecs.deleteCluster(d -> d.cluster("default"))),
        new Refused(
            "InvalidParameterException",
            "a cluster's name with a blank",
            ecs -> ecs.createCluster(c -> c.clusterName("a b"))),
        new Refused(
            "InvalidParameterException",
            "a page of a thousand",
            ecs -> ecs.listClusters(l -> l.maxResults(1000))),
        new Refused(
            "ServiceNotFoundException",
            "updating no service",
            ecs -> ecs.updateService(u -> u.service("nobody").desiredCount(1))),
        new Refused(
            "ServiceNotFoundException",
            "deleting no service",
            ecs -> ecs.deleteService(d -> d.service("nobody"))),
        new Refused(
            "ClientException",
            "a service of no task definition",
            ecs ->
                ecs.createService(
                    c -> c.serviceName("x").taskDefinition("nobody:1").desiredCount(1))),
        new Refused(
            "ClientException",
            "no such task definition",
            ecs -> ecs.describeTaskDefinition(d -> d.taskDefinition("nobody:1"))),
        new Refused(
            "ClientException",
            "a task definition without containers",
            ecs -> ecs.registerTaskDefinition(r -> r.family("nothing"))),
        new Refused(
            "InvalidParameterException",
            "stopping no task",
            ecs -> ecs.stopTask(s -> s.task("0".repeat(32)))),
        new Refused(
            "InvalidParameterException",
            "describing no tasks",
            ecs -> ecs.describeTasks(d -> d.cluster("default"))),
        new Refused(
            "InvalidParameterException",
            "a state that instances don't have",
            ecs ->
                ecs.updateContainerInstancesState(
                    u ->
                        u.containerInstances("0".repeat(32))
                            .status(ContainerInstanceStatus.DEREGISTERING))),
        new Refused(
            "PlatformUnknownException",
            "a platform version that Fargate never had",
            ecs ->
                ecs.runTask(
                    r ->
                        r.taskDefinition("nobody:1").launchType("FARGATE").platformVersion("9.9"))),
        new Refused(
            "TargetNotFoundException",
            "an attribute of nobody",
            ecs ->
                ecs.putAttributes(
                    p ->
                        p.attributes(
                            a ->
                                a.name("x")
                                    .value("y")
                                    .targetType(TargetType.CONTAINER_INSTANCE)
                                    .targetId("0".repeat(32))))),
        new Refused(
            "InvalidParameterException",
            "tags of what has none",
            ecs -> ecs.listTagsForResource(l -> l.resourceArn("arn:aws:ecs:x"))),
        new Refused(
            "ResourceNotFoundException",
            "tags of a capacity provider that isn't there",
            ecs ->
                ecs.listTagsForResource(
                    l ->
                        l.resourceArn(
                            "arn:aws:ecs:us-east-1:000000000000:capacity-provider/nobody"))),
        new Refused(
            "ServiceDeploymentNotFoundException",
            "stopping no deployment",
            ecs ->
                ecs.stopServiceDeployment(
                    s ->
                        s.serviceDeploymentArn(
                            "arn:aws:ecs:us-east-1:000000000000:service-deployment/default/x/"
                                + "0".repeat(21)))),
        new Refused(
            "UnsupportedFeatureException",
            "what only an agent asks",
            ecs -> ecs.discoverPollEndpoint(d -> d.cluster("default"))));
  }

  static Stream<Stranger> strangers() {
    return Stream.of(
        new Stranger(
            "UnrecognizedClientException",
            "a key that nobody has",
            client -> client.credentialsProvider(fixed("AKIAIOSFODNN7EXAMPLE", "x"))),
        new Stranger(
            "UnrecognizedClientException",
            "temporary credentials",
            client ->
                client.credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsSessionCredentials.create("ASIAEXAMPLE", "secret", "token")))),
        new Stranger(
            "MissingAuthenticationTokenException",
            "no signature",
            client -> client.credentialsProvider(AnonymousCredentialsProvider.create())),
        new Stranger(
            "UnknownOperationException",
            "an operation that no model has",
            client ->
                client.overrideConfiguration(
                    client.overrideConfiguration().toBuilder()
                        .addExecutionInterceptor(new AnotherTarget())
                        .build())),
        new Stranger(
            "InvalidSignatureException",
            "another region",
            client -> client.region(Region.EU_WEST_1)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isRefusedWithTheModelsCode(Refused refused) {
    try (EcsClient ecs = tools.client(EcsClient.builder())) {
      assertCode(ecs, refused.call(), refused.code());
    }
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void isNotLetIn(Stranger stranger) {
    EcsClientBuilder builder = EcsClient.builder();
    tools.client(builder).close();
    stranger.client().accept(builder);
    try (EcsClient ecs = builder.build()) {
      assertCode(ecs, EcsClient::listClusters, stranger.code());
    }
  }

  /** That a call is refused with a code, as the model's errors are. */
  static void assertCode(EcsClient ecs, Consumer<EcsClient> call, String code) {
    AwsServiceException refusal =
        catchThrowableOfType(AwsServiceException.class, () -> call.accept(ecs));
    assertThat(refusal).as("nothing was refused").isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.requestId()).isNotBlank();
  }

  @Test
  void isAllowedWhatItsPolicySays() {
    EcsClientBuilder builder = EcsClient.builder();
    tools.client(builder).close();
    try (RestrictedKey key = RestrictedKey.allowing(suite, "ecs:List*");
        EcsClient ecs = builder.credentialsProvider(key.credentials()).build()) {
      assertThat(ecs.listClusters().clusterArns()).isNotEmpty();
      assertCode(
          ecs, client -> client.createCluster(c -> c.clusterName("no")), "AccessDeniedException");
    }
  }

  private static StaticCredentialsProvider fixed(String id, String secret) {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
  }
}

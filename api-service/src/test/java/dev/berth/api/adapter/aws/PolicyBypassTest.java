package dev.berth.api.adapter.aws;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** However a request writes what it is about, its caller's policy is asked about just that. */
@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class PolicyBypassTest {
  private static final String ECS = "arn:aws:ecs:us-east-1:000000000000:";
  private static final String ELSEWHERE = "arn:aws:ecs:eu-west-1:111111111111:";

  @TestHTTPResource("/")
  URI endpoint;

  private EcsClient administrator;
  private String cluster;
  private String family;
  private String task;

  @BeforeEach
  void aServiceAndATaskOfSomebodyElse() {
    administrator = AwsClients.ecs(endpoint);
    cluster = unique("theirs");
    family = unique("family");
    administrator.createCluster(request -> request.clusterName(cluster));
    administrator.registerTaskDefinition(
        request ->
            request
                .family(family)
                .containerDefinitions(
                    ContainerDefinition.builder().name("web").image("web:1").memory(64).build()));
    administrator.createService(
        request ->
            request.cluster(cluster).serviceName("web").taskDefinition(family).desiredCount(1));
    String arn =
        administrator
            .runTask(request -> request.cluster(cluster).taskDefinition(family))
            .tasks()
            .getFirst()
            .taskArn();
    task = arn.substring(arn.lastIndexOf('/') + 1);
  }

  @AfterEach
  void disconnect() {
    administrator.close();
  }

  @Test
  void theArnOfWhatIsAllowedOpensNothingElse() {
    // Given a key for everything of another cluster, and for names of this one that begin with mine
    try (EcsClient ecs =
        client(
            statement(
                "Allow",
                "ecs:*",
                ECS + "task/mine/*",
                ECS + "service/mine/*",
                ECS + "container-instance/mine/*",
                ECS + "service/" + cluster + "/mine*"))) {
      denied(
          () ->
              ecs.describeTasks(
                  request -> request.cluster(cluster).tasks(ECS + "task/mine/" + task)));
      denied(
          () -> ecs.stopTask(request -> request.cluster(cluster).task(ECS + "task/mine/" + task)));
      denied(
          () ->
              ecs.updateTaskProtection(
                  request ->
                      request
                          .cluster(cluster)
                          .tasks(ECS + "task/mine/" + task)
                          .protectionEnabled(true)));
      denied(() -> ecs.describeServices(request -> request.cluster(cluster).services("mine/web")));
      denied(
          () ->
              ecs.updateService(
                  request ->
                      request
                          .cluster(cluster)
                          .service("mine:service/" + cluster + "/web")
                          .desiredCount(0)));
      denied(
          () ->
              ecs.describeContainerInstances(
                  request ->
                      request
                          .cluster(cluster)
                          .containerInstances(ECS + "container-instance/mine/one")));
    }
  }

  @Test
  void noOtherWayToWriteAnArnGetsPastADenial() {
    // Given a key for everything but this cluster and this family
    try (EcsClient ecs =
        client(
            statement("Allow", "*", "*")
                + ", "
                + statement(
                    "Deny",
                    "*",
                    ECS + "task/" + cluster + "/*",
                    ECS + "service/" + cluster + "/*",
                    ECS + "task-definition/" + family + ":*"))) {
      denied(() -> ecs.stopTask(request -> request.cluster(cluster).task(task)));
      denied(() -> ecs.stopTask(request -> request.cluster(cluster).task(ECS + "task/" + task)));
      denied(
          () ->
              ecs.stopTask(
                  request ->
                      request.cluster(cluster).task(ELSEWHERE + "task/" + cluster + "/" + task)));
      denied(
          () ->
              ecs.deleteService(
                  request -> request.cluster(cluster).service(ECS + "service/web").force(true)));
      denied(
          () ->
              ecs.deleteService(
                  request ->
                      request
                          .cluster(cluster)
                          .service(ELSEWHERE + "service/" + cluster + "/web")
                          .force(true)));
      denied(() -> ecs.runTask(request -> request.taskDefinition(family)));
      denied(() -> ecs.runTask(request -> request.taskDefinition("x/" + family + ":1")));
      denied(
          () ->
              ecs.runTask(
                  request ->
                      request.taskDefinition(ELSEWHERE + "task-definition/" + family + ":1")));
    }
    assertThat(
            administrator
                .describeTasks(request -> request.cluster(cluster).tasks(task))
                .tasks()
                .getFirst()
                .desiredStatus())
        .isEqualTo("RUNNING");
  }

  @Test
  void loadBalancingIsActedOnByItsOwnArnsOnly() {
    // Given a key for everything but one target group and one load balancer
    String name = unique("lb");
    String elb = "arn:aws:elasticloadbalancing:us-east-1:000000000000:";
    AwsBasicCredentials key =
        key(
            statement("Allow", "*", "*")
                + ", "
                + statement(
                    "Deny",
                    "*",
                    elb + "targetgroup/" + name + "/*",
                    elb + "loadbalancer/app/" + name + "/*"));
    try (var all = AwsClients.of(ElasticLoadBalancingV2Client.builder(), endpoint);
        var some =
            AwsClients.of(
                ElasticLoadBalancingV2Client.builder(),
                endpoint,
                StaticCredentialsProvider.create(key))) {
      String group =
          all.createTargetGroup(one -> one.name(name).protocol(ProtocolEnum.HTTP).port(80))
              .targetGroups()
              .getFirst()
              .targetGroupArn();
      String balancer =
          all.createLoadBalancer(one -> one.name(name))
              .loadBalancers()
              .getFirst()
              .loadBalancerArn();

      refused("AccessDenied", () -> some.deleteTargetGroup(one -> one.targetGroupArn(group)));
      refused("ValidationError", () -> some.deleteTargetGroup(one -> one.targetGroupArn(name)));
      refused("ValidationError", () -> some.deleteLoadBalancer(one -> one.loadBalancerArn(name)));
      refused(
          "ValidationError",
          () ->
              some.deleteLoadBalancer(
                  one -> one.loadBalancerArn(balancer.replace(":loadbalancer/", ":listener/"))));
      some.deleteLoadBalancer(
          one -> one.loadBalancerArn(balancer.replace("us-east-1", "eu-west-1")));

      assertThat(all.describeTargetGroups(one -> one.names(name)).targetGroups()).hasSize(1);
      assertThat(all.describeLoadBalancers(one -> one.names(name)).loadBalancers()).hasSize(1);
    }
  }

  private EcsClient client(String statements) {
    return AwsClients.of(
        EcsClient.builder(), endpoint, StaticCredentialsProvider.create(key(statements)));
  }

  private static AwsBasicCredentials key(String statements) {
    JsonPath key =
        given()
            .header("Authorization", "Bearer test-admin-token")
            .contentType(ContentType.JSON)
            .body(
                """
                {"userName": "some", "policy": {"Version": "2012-10-17", "Statement": [%s]}}
                """
                    .formatted(statements))
            .post("/v1/access-keys")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    return AwsBasicCredentials.create(
        key.getString("accessKeyId"), key.getString("secretAccessKey"));
  }

  private static String statement(String effect, String action, String... resources) {
    return "{\"Effect\": \"%s\", \"Action\": \"%s\", \"Resource\": [\"%s\"]}"
        .formatted(effect, action, String.join("\", \"", resources));
  }

  private static void denied(Runnable call) {
    refused("AccessDeniedException", call);
  }

  private static void refused(String code, Runnable call) {
    AwsServiceException refusal = catchThrowableOfType(AwsServiceException.class, call::run);
    assertThat(refusal).as("the call must be refused").isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
  }

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }
}

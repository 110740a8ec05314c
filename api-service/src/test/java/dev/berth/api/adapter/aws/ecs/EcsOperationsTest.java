package dev.berth.api.adapter.aws.ecs;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.testing.AwsClients;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.ContentType;
import java.net.URI;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** What tests of the ECS operations share: a client of the SDK, and things of their own. */
abstract class EcsOperationsTest {
  @TestHTTPResource("/")
  URI endpoint;

  EcsClient ecs;

  @BeforeEach
  void connect() {
    ecs = AwsClients.ecs(endpoint);
  }

  @AfterEach
  void disconnect() {
    ecs.close();
  }

  /** A cluster that nobody else uses. */
  static String cluster() {
    return made("/v1/clusters", "{\"clusterName\": \"%s\"}".formatted(unique("cluster")))
        .extract()
        .path("clusterName");
  }

  /** A revision of a new family whose container {@code web} listens on port 80. */
  static String taskDefinition() {
    return taskDefinition(unique("family"));
  }

  static String taskDefinition(String family) {
    return made(
            "/v1/task-definitions",
            """
            {"family": "%s", "containerDefinitions": [
              {"name": "web", "image": "web:1", "memory": 64, "portMappings": [{"containerPort": 80}]}],
             "tags": [{"key": "of", "value": "definition"}]}
            """
                .formatted(family))
        .extract()
        .path("taskDefinitionArn");
  }

  static io.restassured.response.ValidatableResponse made(String path, String body) {
    return given()
        .header("Authorization", "Bearer test-admin-token")
        .contentType(ContentType.JSON)
        .body(body)
        .post(path)
        .then()
        .statusCode(201);
  }

  static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Asserts that a call is refused with one of the model's codes. */
  static void refused(ThrowingCallable call, String code, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EcsException.class,
            refusal -> {
              org.assertj.core.api.Assertions.assertThat(refusal.awsErrorDetails().errorCode())
                  .isEqualTo(code);
              org.assertj.core.api.Assertions.assertThat(refusal.statusCode()).isEqualTo(400);
            })
        .hasMessageContaining(words);
  }
}

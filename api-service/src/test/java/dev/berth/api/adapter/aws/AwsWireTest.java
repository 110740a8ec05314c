package dev.berth.api.adapter.aws;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.parsing.Parser;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class AwsWireTest {
  private static final String ECS = "AmazonEC2ContainerServiceV20141113.";

  private static final RestAssuredConfig TEXT =
      RestAssured.config()
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .encodeContentTypeAs("application/x-amz-json-1.1", ContentType.TEXT));

  @BeforeAll
  static void answersAreJson() {
    RestAssured.registerParser("application/x-amz-json-1.1", Parser.JSON);
  }

  @TestHTTPResource("/")
  URI endpoint;

  @Inject SystemOfRecord systemOfRecord;

  @BeforeEach
  void theServiceIsReady() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
  }

  @Test
  void theSdkListsAndDescribesClusters() {
    try (EcsClient ecs = AwsClients.ecs(endpoint)) {
      assertThat(ecs.listClusters().clusterArns())
          .contains("arn:aws:ecs:us-east-1:000000000000:cluster/default");
      assertThat(ecs.describeClusters().clusters().getFirst().status()).isEqualTo("ACTIVE");
      assertThat(ecs.describeClusters().responseMetadata().requestId()).isNotBlank();
    }
  }

  @Test
  void refusalsArriveAsTheModelsExceptions() {
    try (EcsClient ecs = AwsClients.ecs(endpoint)) {
      assertThatThrownBy(() -> ecs.listClusters(request -> request.maxResults(0)))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("maxResults");
    }
  }

  @Test
  void knownOperationsWithoutAHandlerAreUnsupported() {
    try (EcsClient ecs = AwsClients.ecs(endpoint)) {
      assertThatThrownBy(() -> ecs.discoverPollEndpoint(request -> request.cluster("default")))
          .isInstanceOfSatisfying(
              EcsException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorCode())
                      .isEqualTo("UnsupportedFeatureException"));
    }
  }

  @Test
  void aRequestWithoutSignatureIsRefused() {
    given()
        .config(TEXT)
        .contentType("application/x-amz-json-1.1")
        .header("X-Amz-Target", ECS + "ListClusters")
        .body("{}")
        .post("/")
        .then()
        .statusCode(400)
        .header("x-amzn-RequestId", notNullValue())
        .contentType(containsString("application/x-amz-json-1.1"))
        .body("__type", equalTo("MissingAuthenticationTokenException"));
  }

  @Test
  void whatNamesNoOperationIsRefused() {
    signed()
        .body("{}")
        .post("/")
        .then()
        .statusCode(400)
        .body("__type", equalTo("UnknownOperationException"));
    for (String target :
        new String[] {"ListClusters", ECS + "Nothing", "Other.ListClusters", ECS, "", "..."}) {
      signed()
          .header("X-Amz-Target", target)
          .body("{}")
          .post("/")
          .then()
          .statusCode(400)
          .body("__type", equalTo("UnknownOperationException"));
    }
  }

  @Test
  void wrongBodiesAreRefused() {
    for (String body :
        new String[] {
          "[]",
          "null",
          "{",
          "{\"maxResults\":",
          "{\"maxResults\": \"1\"}",
          "{\"maxResults\": 1.5}",
          "{\"nextToken\": 1}",
          "{\"nextToken\": {}}",
          "{} {}",
          "{\"a\":1, \"a\":2}",
          "{\"unknown\": " + "[".repeat(100_000),
          "{\"maxResults\": 1e999999999}"
        }) {
      signed()
          .header("X-Amz-Target", ECS + "ListClusters")
          .body(body)
          .post("/")
          .then()
          .statusCode(400)
          .body("__type", equalTo("SerializationException"))
          .body("message", notNullValue());
    }
    signed()
        .contentType("text/plain")
        .header("X-Amz-Target", ECS + "ListClusters")
        .body("{}")
        .post("/")
        .then()
        .statusCode(400)
        .body("__type", equalTo("SerializationException"));
    signed()
        .header("X-Amz-Target", ECS + "ListClusters")
        .body(" ".repeat(AwsEndpoint.LARGEST_BODY + 1))
        .post("/")
        .then()
        .statusCode(413)
        .body("__type", equalTo("RequestEntityTooLargeException"));
  }

  @Test
  void unknownMembersArePassedOverAndUnsetOnesLeftOut() {
    String answer =
        signed()
            .header("X-Amz-Target", ECS + "ListClusters")
            .body("{\"fromTheFuture\": {\"a\": [1, {}]}, \"nextToken\": null}")
            .post("/")
            .then()
            .statusCode(200)
            .header("x-amzn-RequestId", matchesPattern("[0-9a-f-]{36}"))
            .extract()
            .asString();

    assertThat(answer).startsWith("{\"clusterArns\":[").doesNotContain("null", "nextToken");
  }

  private static RequestSpecification signed() {
    return given()
        .config(
            io.restassured.RestAssured.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs(
                            "application/x-amz-json-1.1", io.restassured.http.ContentType.TEXT)))
        .contentType("application/x-amz-json-1.1")
        .header("Authorization", "Bearer test-admin-token");
  }
}

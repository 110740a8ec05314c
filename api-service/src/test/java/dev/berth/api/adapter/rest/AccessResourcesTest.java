package dev.berth.api.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.ecs.EcsClient;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class AccessResourcesTest extends RestTest {
  private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length");

  @TestHTTPResource("/")
  URI endpoint;

  @Inject SystemOfRecord systemOfRecord;

  @BeforeEach
  void theServiceIsReady() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
  }

  @Inject Database database;

  @Test
  void aKeyIsMadeListedDisabledEnabledAndDeleted() {
    // Given a key
    JsonPath made = key("ci", policy("Allow", "ecs:*", "*"));
    String id = made.getString("accessKeyId");
    String secret = made.getString("secretAccessKey");
    assertThat(id).matches("BERTH[A-Z2-7]{15}");
    assertThat(made.getString("status")).isEqualTo("Active");

    // Then its secret isn't shown again, nor in the database
    api().get("/v1/access-keys").then().body("accessKeys.accessKeyId", hasItem(id));
    api()
        .get("/v1/access-keys/" + id)
        .then()
        .statusCode(200)
        .body("userName", equalTo("ci"))
        .body("secretAccessKey", nullValue())
        .body("policy.Statement[0].Action", equalTo(List.of("ecs:*")));
    assertThat(database.text("select sealed_secret from access_keys where id = $1", id))
        .hasValueSatisfying(kept -> assertThat(kept).startsWith("berth1.").doesNotContain(secret));
    assertThat(listClusters(id, secret)).isNotEmpty();

    // When it is disabled, then it opens nothing, and enabled again it does
    status(id, "Inactive");
    refused(id, secret, "UnrecognizedClientException");
    status(id, "Active");
    assertThat(listClusters(id, secret)).isNotEmpty();

    // When it is deleted, then it is gone
    api().delete("/v1/access-keys/" + id).then().statusCode(200);
    refused(id, secret, "UnrecognizedClientException");
    api().get("/v1/access-keys/" + id).then().statusCode(404).body("code", equalTo("NoSuchEntity"));
  }

  @Test
  void aPolicyHoldsForBothApis() {
    // Given a key and a token that may look, and may do anything to one cluster but delete it
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Sid": "Look", "Effect": "Allow", "Action": ["ecs:List*", "ecs:Describe*"], "Resource": "*"},
          {"Effect": "Allow", "Action": "ecs:*",
           "Resource": ["arn:aws:ecs:*:*:cluster/policy-a", "arn:aws:ecs:*:*:service/policy-a/*"]},
          {"Effect": "Deny", "Action": "ecs:DeleteCluster", "Resource": "arn:aws:ecs:*:*:cluster/*"}]}
        """;
    JsonPath key = key("dev", policy);
    String id = key.getString("accessKeyId");
    String secret = key.getString("secretAccessKey");
    String token =
        api()
            .body("{\"userName\": \"dev\", \"policy\": " + policy + "}")
            .post("/v1/tokens")
            .then()
            .statusCode(201)
            .body("token", startsWith("berth_"))
            .extract()
            .path("token");

    // Then both may look, and each is refused what the policy doesn't allow
    assertThat(listClusters(id, secret)).isNotEmpty();
    with(token).get("/v1/clusters").then().statusCode(200);
    with(token).body("{\"clusterName\": \"policy-a\"}").post("/v1/clusters").then().statusCode(201);
    with(token)
        .body("{\"clusterName\": \"policy-b\"}")
        .post("/v1/clusters")
        .then()
        .statusCode(403)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("AccessDeniedException"))
        .body("detail", containsString("user/dev is not authorized to perform: ecs:CreateCluster"));
    with(token)
        .delete("/v1/clusters/policy-a")
        .then()
        .statusCode(403)
        .body("detail", containsString("explicit deny"));
    with(token).delete("/v1/clusters/policy-a;x=1").then().statusCode(403);
    with(token).delete("/v1/clusters/policy%2Da/").then().statusCode(403);
    with(token).delete("/v1//clusters/./policy-a").then().statusCode(403);
    with(token).get("/v1/access-keys").then().statusCode(403);
    with(token).get("/v1/no/such/path").then().statusCode(403);
    refused(id, secret, ecs -> ecs.createCluster(c -> c.clusterName("policy-b")));
  }

  private void refused(String id, String secret, Consumer<EcsClient> operation) {
    try (EcsClient ecs = client(id, secret)) {
      assertThatThrownBy(() -> operation.accept(ecs))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorCode())
                      .isIn("AccessDeniedException", "UnsupportedFeatureException"));
    }
  }

  @Test
  void restCallsMayBeSignedToo() throws Exception {
    assertThat(signed("GET", "/v1/clusters?maxResults=5", "").statusCode()).isEqualTo(200);
    HttpResponse<String> made = signed("POST", "/v1/clusters", "{\"clusterName\": \"signed-⚓\"}");
    assertThat(made.statusCode()).isEqualTo(400);
    assertThat(signed("POST", "/v1/clusters", "{\"clusterName\": \"signed\"}").statusCode())
        .isEqualTo(201);
    assertThat(signed("GET", "/v1/task-definitions/no%3A1", "").statusCode()).isEqualTo(404);
    assertThat(signed("DELETE", "/v1/clusters/signed", "").statusCode()).isEqualTo(200);
    assertThat(signed("POST", "/v1/clusters", " ".repeat(1024 * 1024 + 1)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aWrongSignatureIsRefusedWithAProblem() {
    given()
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=" + AwsClients.ACCESS_KEY_ID + "/x, Signature=0")
        .get("/v1/clusters")
        .then()
        .statusCode(401)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("IncompleteSignatureException"));
  }

  @Test
  void theAdministratorsOwnCredentialsAreChangedInTheirFile() {
    String id = AwsClients.ACCESS_KEY_ID;
    api().delete("/v1/access-keys/" + id).then().statusCode(409);
    api().body("{\"status\": \"Inactive\"}").patch("/v1/access-keys/" + id).then().statusCode(409);
    api().delete("/v1/tokens/administrator").then().statusCode(409);
    api()
        .body("{\"userName\": \"administrator\", \"policy\": " + policy("Allow", "*", "*") + "}")
        .post("/v1/access-keys")
        .then()
        .statusCode(400);
    assertThat(listClusters(id, AwsClients.SECRET_ACCESS_KEY)).isNotEmpty();
  }

  @Test
  void aTokenIsListedWithoutItselfAndDeleted() {
    JsonPath made =
        api()
            .body("{\"userName\": \"script\", \"policy\": " + policy("Allow", "*", "*") + "}")
            .post("/v1/tokens")
            .jsonPath();
    String token = made.getString("token");
    String id = made.getString("tokenId");
    with(token)
        .get("/v1/tokens")
        .then()
        .statusCode(200)
        .body("tokens.tokenId", hasItem(id))
        .body("tokens.find { it.tokenId == '" + id + "' }.token", nullValue());
    api().delete("/v1/tokens/" + id).then().statusCode(200);
    with(token).get("/v1/clusters").then().statusCode(401);
    api().delete("/v1/tokens/" + id).then().statusCode(404);
  }

  @Test
  void policiesThatWouldMeanMoreThanTheySayAreRefused() {
    String[] wrong = {
      "null",
      "{}",
      "{\"Statement\": []}",
      "{\"Version\": \"2024-01-01\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}",
      policy("Maybe", "*", "*"),
      policy("Allow", "RunTask", "*"),
      policy("Allow", "ecs:Run Task", "*"),
      policy("Allow", "ecs:*", "cluster/web"),
      policy("Allow", "ecs:*", "arn:aws:ecs:*:*:cluster/${aws:username}"),
      "{\"Statement\": {\"Effect\": \"Allow\", \"NotAction\": \"iam:*\", \"Resource\": \"*\"}}",
      "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {}}}",
      "{\"Statement\": {\"Effect\": \"Allow\", \"Resource\": \"*\"}}",
      policy("Allow", "ecs:" + "a".repeat(7000), "*")
    };
    for (String policy : wrong) {
      api()
          .body("{\"userName\": \"x\", \"policy\": " + policy + "}")
          .post("/v1/access-keys")
          .then()
          .statusCode(400)
          .body("errors[0].field", startsWith("policy"));
    }
    for (String name : new String[] {"\"\"", "null", "\"a b\"", "\"" + "a".repeat(65) + "\""}) {
      api()
          .body("{\"userName\": " + name + ", \"policy\": " + policy("Allow", "*", "*") + "}")
          .post("/v1/access-keys")
          .then()
          .statusCode(400);
    }
  }

  private HttpResponse<String> signed(String method, String target, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                request ->
                    request
                        .identity(
                            AwsCredentialsIdentity.create(
                                AwsClients.ACCESS_KEY_ID, AwsClients.SECRET_ACCESS_KEY))
                        .request(
                            SdkHttpRequest.builder()
                                .method(SdkHttpMethod.fromValue(method))
                                .uri(endpoint.resolve(target))
                                .putHeader("Content-Type", "application/json")
                                .build())
                        .payload(ContentStreamProvider.fromByteArray(bytes))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(target))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes));
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private JsonPath key(String userName, String policy) {
    return api()
        .body("{\"userName\": \"" + userName + "\", \"policy\": " + policy + "}")
        .post("/v1/access-keys")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  private void status(String id, String status) {
    api()
        .body("{\"status\": \"" + status + "\"}")
        .patch("/v1/access-keys/" + id)
        .then()
        .statusCode(200)
        .body("status", equalTo(status));
  }

  private List<String> listClusters(String id, String secret) {
    try (EcsClient ecs = client(id, secret)) {
      return ecs.listClusters().clusterArns();
    }
  }

  private void refused(String id, String secret, String code) {
    assertThatThrownBy(() -> listClusters(id, secret))
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refusal -> assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  private EcsClient client(String id, String secret) {
    return AwsClients.of(
        EcsClient.builder(),
        endpoint,
        StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)));
  }

  private static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  private static String policy(String effect, String action, String resource) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"%s\", \"Action\": \"%s\", \"Resource\": \"%s\"}]}"
        .formatted(effect, action, resource);
  }
}

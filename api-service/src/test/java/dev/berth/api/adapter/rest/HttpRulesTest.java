package dev.berth.api.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class HttpRulesTest extends RestTest {
  @Test
  void withoutATokenNothingIsAnswered() {
    given()
        .get("/v1/clusters")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Bearer"))
        .contentType(containsString("application/problem+json"))
        .body("status", equalTo(401));
    given().get("/v1/no/such/path").then().statusCode(401);
    given().get("/").then().statusCode(401);
  }

  @Test
  void aWrongTokenIsRefused() {
    given()
        .header("Authorization", "Bearer wrong")
        .get("/v1/clusters")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("invalid_token"));
    given()
        .header("Authorization", "Basic dGVzdDp0ZXN0")
        .get("/v1/clusters")
        .then()
        .statusCode(401);
  }

  @Test
  void healthMetricsAndTheDescriptionAreOpen() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/metrics").then().statusCode(200);
    given().get("/q/openapi").then().statusCode(200);
    given().get("/q/swagger-ui/").then().statusCode(200);
  }

  @Test
  void malformedJsonIsLocated() {
    api()
        .body("{\"clusterName\": \n  oops}")
        .post("/v1/clusters")
        .then()
        .statusCode(400)
        .contentType(containsString("application/problem+json"))
        .body("detail", containsString("line 2"));
    api().body("").post("/v1/clusters").then().statusCode(400);
    api().body("null").post("/v1/clusters").then().statusCode(400);
    api().body("{\"clusterName\": \"a\"} x").post("/v1/clusters").then().statusCode(400);
    api()
        .body("{\"clusterName\": \"a\", \"clusterName\": \"b\"}")
        .post("/v1/clusters")
        .then()
        .statusCode(400);
    api().body("[".repeat(5000)).post("/v1/clusters").then().statusCode(400);
  }

  @Test
  void aBodyOfTenMegabytesIsTooLarge() {
    api()
        .body("{\"clusterName\": \"" + "a".repeat(10 * 1024 * 1024) + "\"}")
        .post("/v1/clusters")
        .then()
        .statusCode(413)
        .contentType(containsString("application/problem+json"));
  }

  @Test
  void anotherContentTypeIsNotTaken() {
    given()
        .header("Authorization", "Bearer test-admin-token")
        .contentType(ContentType.XML)
        .body("<cluster/>")
        .post("/v1/clusters")
        .then()
        .statusCode(415)
        .contentType(containsString("application/problem+json"));
  }

  @Test
  void unknownPathsAndMethodsAreProblemsToo() {
    api()
        .get("/v1/no-such-thing")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"));
    api()
        .get("/elsewhere")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"));
    api()
        .body("{}")
        .put("/v1/clusters")
        .then()
        .statusCode(405)
        .contentType(containsString("application/problem+json"));
  }

  @Test
  void aQueryThatIsNoNumberIsNamed() {
    api()
        .get("/v1/clusters?maxResults=many")
        .then()
        .statusCode(400)
        .contentType(containsString("application/problem+json"))
        .body("errors[0].field", equalTo("maxResults"))
        .body("errors[0].message", equalTo("must be a whole number"));
  }

  @Test
  void halfACharacterIsNotTaken() {
    api()
        .body("{\"clusterName\": \"c\", \"tags\": [{\"key\": \"k\", \"value\": \"a\\ud800b\"}]}")
        .post("/v1/clusters")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("tags[0].value"))
        .body("errors[0].message", equalTo("must not contain half a surrogate pair"));
    api()
        .body(
            """
            {"family": "%s", "containerDefinitions": [{"name": "a", "image": "a", "memory": 16,
              "environment": [{"name": "WHOLE", "value": "\\ud83d\\ude80"}]}]}"""
                .formatted(unique("f")))
        .post("/v1/task-definitions")
        .then()
        .statusCode(201)
        .body("containerDefinitions[0].environment[0].value", equalTo("\ud83d\ude80"));
  }

  @Test
  void aNulIsTheSendersFaultWhereverItStands() {
    api()
        .body(
            """
            {"family": "nul", "containerDefinitions": [{"name": "a", "image": "a", "memory": 16,
              "command": ["b", "a\\u0000b"]}]}""")
        .post("/v1/task-definitions")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("containerDefinitions[0].command[1]"))
        .body("errors[0].message", equalTo("must not contain the character NUL"));
    api()
        .body(
            """
            {"family": "nul", "containerDefinitions": [{"name": "a", "image": "a", "memory": 16,
              "dockerLabels": {"a\\u0000b": ""}}]}""")
        .post("/v1/task-definitions")
        .then()
        .statusCode(400)
        .body("detail", containsString("NUL"));
    for (String path : List.of("/v1/task-definitions/%00", "/v1/clusters/%00")) {
      given()
          .urlEncodingEnabled(false)
          .header("Authorization", "Bearer test-admin-token")
          .get(path)
          .then()
          .statusCode(400)
          .contentType(containsString("application/problem+json"))
          .body("detail", containsString("NUL"));
    }
  }
}

package dev.berth.api.adapter.rest;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** What tests of the REST API share: an authenticated request, and names nobody else uses. */
abstract class RestTest {
  static RequestSpecification api() {
    return given()
        .header("Authorization", "Bearer " + "test-admin-token")
        .contentType(ContentType.JSON);
  }

  static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Registers a revision of a family that listens on port 80. */
  static String register(String family) {
    return api()
        .body(
            """
            {"family": "%s", "containerDefinitions": [
              {"name": "web", "image": "web:1", "memory": 64, "portMappings": [{"containerPort": 80}]}]}
            """
                .formatted(family))
        .post("/v1/task-definitions")
        .then()
        .statusCode(201)
        .extract()
        .path("taskDefinitionArn");
  }
}

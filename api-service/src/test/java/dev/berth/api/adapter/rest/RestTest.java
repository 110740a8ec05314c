package dev.berth.api.adapter.rest;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
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

  /** Creates a cluster that nobody else uses. */
  static String createCluster() {
    String name = unique("cluster");
    api()
        .body("{\"clusterName\": \"%s\"}".formatted(name))
        .post("/v1/clusters")
        .then()
        .statusCode(201);
    return name;
  }

  static ValidatableResponse createService(
      String cluster, String name, String taskDefinition, int desiredCount) {
    return api()
        .body(
            """
            {"serviceName": "%s", "taskDefinition": "%s", "desiredCount": %d}
            """
                .formatted(name, taskDefinition, desiredCount))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(201);
  }

  /** Creates a target group with a listener on a port, and answers with its ARN. */
  static String createTargetGroup(String name, int port) {
    String arn =
        api()
            .body("{\"name\": \"%s\", \"port\": 80}".formatted(name))
            .post("/v1/target-groups")
            .then()
            .statusCode(201)
            .extract()
            .path("targetGroupArn");
    String balancer = unique("lb");
    api()
        .body("{\"name\": \"%s\"}".formatted(balancer))
        .post("/v1/load-balancers")
        .then()
        .statusCode(201);
    api()
        .body(
            """
            {"protocol": "HTTP", "port": %d, "defaultActions": [{"type": "forward", "targetGroupArn": "%s"}]}
            """
                .formatted(port, arn))
        .post("/v1/load-balancers/" + balancer + "/listeners")
        .then()
        .statusCode(201);
    return arn;
  }
}

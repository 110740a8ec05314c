package dev.berth.api.adapter.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ClustersResourceTest extends RestTest {
  @Test
  void theClusterDefaultIsThereFromTheStart() {
    api()
        .get("/v1/clusters/default")
        .then()
        .statusCode(200)
        .body("clusterName", equalTo("default"))
        .body("clusterArn", equalTo("arn:aws:ecs:us-east-1:000000000000:cluster/default"))
        .body("status", equalTo("ACTIVE"));
  }

  @Test
  void createdClusterIsListedAndDescribed() {
    String name = unique("c");
    api()
        .body("{\"clusterName\": \"%s\", \"tags\": [{\"key\": \"a\", \"value\": \"b\"}]}".formatted(name))
        .post("/v1/clusters")
        .then()
        .statusCode(201)
        .body("clusterName", equalTo(name))
        .body("createdAt", notNullValue());
    api().get("/v1/clusters").then().statusCode(200).body("clusters.clusterName", hasItem(name));
    api().get("/v1/clusters/" + name).then().statusCode(200).body("tags[0].key", equalTo("a"));
  }

  @Test
  void unknownClusterIsNotFoundAsAProblemDocument() {
    api()
        .get("/v1/clusters/nowhere")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("ClusterNotFoundException"));
  }
}

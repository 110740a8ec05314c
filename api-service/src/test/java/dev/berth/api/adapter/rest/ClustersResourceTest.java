package dev.berth.api.adapter.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

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
        .body(
            "{\"clusterName\": \"%s\", \"tags\": [{\"key\": \"a\", \"value\": \"b\"}]}"
                .formatted(name))
        .post("/v1/clusters")
        .then()
        .statusCode(201)
        .body("clusterName", equalTo(name))
        .body("createdAt", notNullValue());

    api().get("/v1/clusters").then().statusCode(200).body("clusters.clusterName", hasItem(name));
    api().get("/v1/clusters/" + name).then().statusCode(200).body("tags[0].key", equalTo("a"));
  }

  @Test
  void creatingAClusterTwiceAnswersWithTheSameOne() {
    String name = createCluster();

    api()
        .body("{\"clusterName\": \"%s\"}".formatted(name))
        .post("/v1/clusters")
        .then()
        .statusCode(201)
        .body("clusterName", equalTo(name));
  }

  @Test
  void changedTagsAreKept() {
    String name = createCluster();

    api()
        .body("{\"tags\": [{\"key\": \"team\", \"value\": \"blue\"}]}")
        .patch("/v1/clusters/" + name)
        .then()
        .statusCode(200)
        .body("tags[0].value", equalTo("blue"));

    api().get("/v1/clusters/" + name).then().body("tags[0].value", equalTo("blue"));
  }

  @Test
  void deletedClusterIsInactiveAndTakesNothing() {
    String name = createCluster();

    api().delete("/v1/clusters/" + name).then().statusCode(200).body("status", equalTo("INACTIVE"));

    api().get("/v1/clusters/" + name + "/services").then().statusCode(404);
    api().get("/v1/clusters/" + name).then().statusCode(200).body("status", equalTo("INACTIVE"));
  }

  @Test
  void clusterWithAServiceCannotBeDeleted() {
    String name = createCluster();
    createService(name, "web", register(unique("f")), 0);

    api()
        .delete("/v1/clusters/" + name)
        .then()
        .statusCode(409)
        .body("code", equalTo("ClusterContainsServicesException"));
  }

  @Test
  void pagesFollowEachOtherByTheirToken() {
    createCluster();
    createCluster();

    String token =
        api()
            .get("/v1/clusters?maxResults=1")
            .then()
            .statusCode(200)
            .body("clusters", hasSize(1))
            .extract()
            .path("nextToken");
    String first = api().get("/v1/clusters?maxResults=1").path("clusters[0].clusterName");

    api()
        .queryParam("nextToken", token)
        .get("/v1/clusters?maxResults=1")
        .then()
        .statusCode(200)
        .body("clusters[0].clusterName", org.hamcrest.Matchers.greaterThan(first));
    api().get("/v1/clusters?maxResults=100").then().body("nextToken", nullValue());
  }

  @Test
  void wrongPageParametersAreNamed() {
    api()
        .get("/v1/clusters?nextToken=made-up!")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("nextToken"));
    api()
        .get("/v1/clusters?maxResults=0")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("maxResults"));
  }

  @Test
  void oddNameIsRefused() {
    api()
        .body("{\"clusterName\": \"größe ♥\"}")
        .post("/v1/clusters")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("clusterName"));
  }

  @Test
  void unknownClusterIsNotFoundAsAProblemDocument() {
    api()
        .get("/v1/clusters/nowhere")
        .then()
        .statusCode(404)
        .contentType(containsString("application/problem+json"))
        .body("code", equalTo("ClusterNotFoundException"))
        .body("status", equalTo(404))
        .body("instance", equalTo("/v1/clusters/nowhere"));
    api().body("{}").patch("/v1/clusters/nowhere").then().statusCode(404);
    api().delete("/v1/clusters/nowhere").then().statusCode(404);
  }
}

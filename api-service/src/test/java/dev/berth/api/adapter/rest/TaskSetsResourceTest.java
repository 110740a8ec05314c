package dev.berth.api.adapter.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TaskSetsResourceTest extends RestTest {
  @Test
  void aTaskSetIsCreatedScaledPromotedAndDeleted() {
    String cluster = createCluster();
    String definition = register(unique("f"));
    String path = external(cluster, 3) + "/task-sets";

    String id =
        api()
            .body(
                """
                {"taskDefinition": "%s", "scale": {"value": 50, "unit": "PERCENT"}, "externalId": "e-1"}
                """
                    .formatted(definition))
            .post(path)
            .then()
            .statusCode(201)
            .body("id", startsWith("ecs-svc/"))
            .body("taskSetArn", containsString("task-set/" + cluster + "/web/ecs-svc/"))
            .body("status", equalTo("ACTIVE"))
            .body("computedDesiredCount", equalTo(2))
            .body("stabilityStatus", equalTo("STABILIZING"))
            .body("launchType", equalTo("EC2"))
            .body("externalId", equalTo("e-1"))
            .extract()
            .path("id");

    api()
        .put(path + "/" + id + "/primary")
        .then()
        .statusCode(200)
        .body("status", equalTo("PRIMARY"));
    api()
        .body("{\"scale\": {\"value\": 100, \"unit\": \"PERCENT\"}}")
        .patch(path + "/" + id)
        .then()
        .statusCode(200)
        .body("computedDesiredCount", equalTo(3));
    api()
        .get("/v1/clusters/" + cluster + "/services/web")
        .then()
        .body("taskSets[0].status", equalTo("PRIMARY"))
        .body("deployments", hasSize(0));
    api().delete(path + "/" + id).then().statusCode(409);
    api()
        .delete(path + "/" + id + "?force=true")
        .then()
        .statusCode(200)
        .body("status", equalTo("DRAINING"))
        .body("computedDesiredCount", equalTo(0));
  }

  @Test
  void aServiceThatEcsRollsHasNone() {
    String cluster = createCluster();
    String definition = register(unique("f"));
    createService(cluster, "web", definition, 1);

    api()
        .body("{\"taskDefinition\": \"%s\"}".formatted(definition))
        .post("/v1/clusters/" + cluster + "/services/web/task-sets")
        .then()
        .statusCode(400)
        .body("code", equalTo("InvalidParameterException"));
  }

  @Test
  void whatIsWrongIsNamed() {
    String cluster = createCluster();
    String path = external(cluster, 1) + "/task-sets";

    api()
        .body("{\"taskDefinition\": \"x\", \"scale\": {\"value\": 101, \"unit\": \"PERCENT\"}}")
        .post(path)
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("scale.value"));
    api()
        .get(path + "/ecs-svc/1")
        .then()
        .statusCode(404)
        .body("code", equalTo("TaskSetNotFoundException"));
    api().put(path + "/ecs-svc/1/primary").then().statusCode(404);
    api()
        .body("{\"taskDefinition\": \"web\", \"forceNewDeployment\": true}")
        .patch("/v1/clusters/" + cluster + "/services/web")
        .then()
        .statusCode(400)
        .body("detail", containsString("EXTERNAL"));
  }

  private static String external(String cluster, int desiredCount) {
    api()
        .body(
            """
            {"serviceName": "web", "desiredCount": %d, "deploymentController": {"type": "EXTERNAL"}}
            """
                .formatted(desiredCount))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(201)
        .body("deploymentController.type", equalTo("EXTERNAL"));
    return "/v1/clusters/" + cluster + "/services/web";
  }
}

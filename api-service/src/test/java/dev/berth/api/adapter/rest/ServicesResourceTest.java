package dev.berth.api.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ServicesResourceTest extends RestTest {
  @Inject Database database;

  @Test
  void aCreatedServiceIsInProgressAtOnce() {
    String cluster = createCluster();
    String definition = register(unique("f"));

    createService(cluster, "web", definition, 3)
        .body("serviceArn", containsString("service/" + cluster + "/web"))
        .body("status", equalTo("ACTIVE"))
        .body("desiredCount", equalTo(3))
        .body("runningCount", equalTo(0))
        .body("taskDefinition", equalTo(definition))
        .body("deployments", hasSize(1))
        .body("deployments[0].id", matchesPattern("ecs-svc/\\d{19}"))
        .body("deployments[0].status", equalTo("PRIMARY"))
        .body("deployments[0].rolloutState", equalTo("IN_PROGRESS"))
        .body("deploymentConfiguration.maximumPercent", equalTo(200))
        .body("events", hasSize(0));

    api()
        .get("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(200)
        .body("services.serviceName", hasItem("web"));
  }

  @Test
  void anUpdateIsTrueForTheNextCall() {
    String cluster = createCluster();
    String family = unique("f");
    createService(cluster, "web", register(family), 1);
    String second = register(family);
    String path = "/v1/clusters/" + cluster + "/services/web";

    api()
        .body("{\"taskDefinition\": \"%s\", \"desiredCount\": 2}".formatted(family))
        .patch(path)
        .then()
        .statusCode(200)
        .body("deployments", hasSize(2));

    api()
        .get(path)
        .then()
        .body("taskDefinition", equalTo(second))
        .body("desiredCount", equalTo(2))
        .body("deployments.status", equalTo(java.util.List.of("PRIMARY", "ACTIVE")))
        .body("deployments[0].taskDefinition", equalTo(second))
        .body("deployments[0].desiredCount", equalTo(2))
        .body("deployments[0].rolloutState", equalTo("IN_PROGRESS"));
  }

  @Test
  void scalingMakesNoDeploymentAndForcingDoes() {
    String cluster = createCluster();
    createService(cluster, "web", register(unique("f")), 1);
    String path = "/v1/clusters/" + cluster + "/services/web";

    api().body("{\"desiredCount\": 4}").patch(path).then().body("deployments", hasSize(1));

    api()
        .body("{\"forceNewDeployment\": true}")
        .patch(path)
        .then()
        .statusCode(200)
        .body("deployments", hasSize(2));
  }

  @Test
  void aServiceThatWantsTasksIsDeletedOnlyByForce() {
    String cluster = createCluster();
    createService(cluster, "web", register(unique("f")), 1);
    String path = "/v1/clusters/" + cluster + "/services/web";

    api().delete(path).then().statusCode(409).body("detail", containsString("force"));

    api()
        .delete(path + "?force=true")
        .then()
        .statusCode(200)
        .body("status", equalTo("DRAINING"))
        .body("desiredCount", equalTo(0));
    api().body("{\"desiredCount\": 2}").patch(path).then().statusCode(409);
    api()
        .body("{\"serviceName\": \"web\", \"taskDefinition\": \"x\", \"desiredCount\": 1}")
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(409);
  }

  @Test
  void theSameTokenCreatesOnce() {
    String cluster = createCluster();
    String definition = register(unique("f"));
    String body =
        """
        {"serviceName": "web", "taskDefinition": "%s", "desiredCount": %s, "clientToken": "token-1"}
        """;

    api()
        .body(body.formatted(definition, 1))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(201);
    api()
        .body(body.formatted(definition, 1))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(201)
        .body("deployments", hasSize(1));

    api()
        .body(body.formatted(definition, 2))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(409)
        .body("code", equalTo("ConflictException"));
  }

  @Test
  void aNameIsTakenOnce() {
    String cluster = createCluster();
    String definition = register(unique("f"));
    createService(cluster, "web", definition, 1);

    api()
        .body(
            "{\"serviceName\": \"web\", \"taskDefinition\": \"%s\", \"desiredCount\": 1}"
                .formatted(definition))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(409);
  }

  @Test
  void targetGroupsAreNamedByNameAndKeptByArn() {
    String cluster = createCluster();
    String definition = register(unique("f"));
    String group = unique("tg");
    String arn = createTargetGroup(group, 20_001);

    api()
        .body(
            """
            {"serviceName": "web", "taskDefinition": "%s", "desiredCount": 1,
             "loadBalancers": [{"targetGroupArn": "%s", "containerName": "web", "containerPort": 80}]}
            """
                .formatted(definition, group))
        .post("/v1/clusters/" + cluster + "/services")
        .then()
        .statusCode(201)
        .body("loadBalancers[0].targetGroupArn", equalTo(arn));

    String balancer =
        database.text("select load_balancer from listeners where port = 20001").orElseThrow();
    api().delete("/v1/load-balancers/" + balancer).then().statusCode(204);
    api()
        .delete("/v1/target-groups/" + group)
        .then()
        .statusCode(409)
        .body("code", equalTo("ResourceInUseException"))
        .body("detail", containsString(cluster + "/web"));
  }

  @Test
  void everyWrongFieldIsNamed() {
    String definition = register(unique("f"));

    api()
        .body(
            """
            {"serviceName": "a b", "desiredCount": -1, "launchType": "MOON",
             "deploymentConfiguration": {"minimumHealthyPercent": 100, "maximumPercent": 100},
             "placementStrategy": [{"type": "binpack"}], "placementConstraints": [{"type": "near"}]}
            """)
        .post("/v1/clusters/default/services")
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            hasItems(
                "serviceName",
                "taskDefinition",
                "desiredCount",
                "launchType",
                "deploymentConfiguration",
                "placementStrategy[0].field",
                "placementConstraints[0].type"));
    api()
        .body(
            """
            {"serviceName": "a", "taskDefinition": "%s", "desiredCount": 1,
             "loadBalancers": [{"targetGroupArn": "none", "containerName": "db", "containerPort": 80}]}
            """
                .formatted(definition))
        .post("/v1/clusters/default/services")
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            hasItems("loadBalancers[0].containerName", "loadBalancers[0].targetGroupArn"));
    api()
        .body("{\"serviceName\": \"a\", \"taskDefinition\": \"no-such\", \"desiredCount\": 1}")
        .post("/v1/clusters/default/services")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("taskDefinition"));
  }

  @Test
  void whatIsKeptInEcsOwnFormHasEcsTypes() {
    api()
        .body(
            """
            {"serviceName": "a", "taskDefinition": "x", "desiredCount": 1,
             "serviceConnectConfiguration": {"enabled": "perhaps"}}
            """)
        .post("/v1/clusters/default/services")
        .then()
        .statusCode(400)
        .body("errors[0].message", containsString("Boolean"));
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    api()
        .get("/v1/clusters/default/services/none")
        .then()
        .statusCode(404)
        .body("code", equalTo("ServiceNotFoundException"));
    api().get("/v1/clusters/nowhere/services").then().statusCode(404);
    api().get("/v1/clusters/default/services/none/events").then().statusCode(404);
    api().body("{}").patch("/v1/clusters/default/services/none").then().statusCode(404);
    api().delete("/v1/clusters/default/services/none").then().statusCode(404);
    assertThat(api().get("/v1/clusters/nowhere/services").contentType()).contains("problem");
  }
}

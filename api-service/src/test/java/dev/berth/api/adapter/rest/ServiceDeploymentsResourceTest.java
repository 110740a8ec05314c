package dev.berth.api.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ServiceDeploymentsResourceTest extends RestTest {
  @Inject Database database;

  @Test
  void aCreatedServiceHasAPendingServiceDeployment() {
    String cluster = createCluster();
    String definition = register(unique("f"));

    String arn =
        createService(cluster, "web", definition, 2)
            .body("currentServiceRevisions[0].requestedTaskCount", equalTo(2))
            .extract()
            .path("currentServiceDeployment");

    api()
        .get("/v1/clusters/" + cluster + "/services/web/deployments")
        .then()
        .statusCode(200)
        .body("serviceDeployments", hasSize(1))
        .body("serviceDeployments[0].serviceDeploymentArn", equalTo(arn))
        .body("serviceDeployments[0].status", equalTo("PENDING"));
    String revision =
        api()
            .get("/v1/service-deployments/" + arn)
            .then()
            .statusCode(200)
            .body("serviceArn", containsString("service/" + cluster + "/web"))
            .body("targetServiceRevision.requestedTaskCount", equalTo(2))
            .body("deploymentConfiguration.maximumPercent", equalTo(200))
            .body("deploymentCircuitBreaker.status", equalTo("DISABLED"))
            .body("finishedAt", nullValue())
            .extract()
            .path("targetServiceRevision.arn");
    api()
        .get("/v1/service-revisions/" + revision)
        .then()
        .statusCode(200)
        .body("taskDefinition", equalTo(definition))
        .body("launchType", equalTo("EC2"));
  }

  @Test
  void anotherDeploymentStopsTheOneBefore() {
    String cluster = createCluster();
    createService(cluster, "web", register(unique("f")), 1);
    String path = "/v1/clusters/" + cluster + "/services/web";

    api().body("{\"forceNewDeployment\": true}").patch(path).then().statusCode(200);

    api()
        .get(path + "/deployments")
        .then()
        .body("serviceDeployments.status", equalTo(java.util.List.of("PENDING", "STOPPED")))
        .body("serviceDeployments[1].statusReason", containsString("new service deployment"))
        .body("serviceDeployments[1].finishedAt", notNullValue());
    String token = api().get(path + "/deployments?maxResults=1").then().extract().path("nextToken");
    api()
        .get(path + "/deployments?maxResults=1&nextToken=" + token)
        .then()
        .body("serviceDeployments.status", equalTo(java.util.List.of("STOPPED")))
        .body("nextToken", nullValue());
    api()
        .get(path + "/deployments?status=STOPPED&status=SUCCESSFUL")
        .then()
        .body("serviceDeployments", hasSize(1));
  }

  @Test
  void anAbortIsWishedForAndSaidSo() {
    String cluster = createCluster();
    String arn =
        createService(cluster, "web", register(unique("f")), 1)
            .extract()
            .path("currentServiceDeployment");

    api()
        .body("{\"stopType\": \"ABORT\"}")
        .post("/v1/service-deployments/" + arn + "/stop")
        .then()
        .statusCode(200)
        .body("serviceDeploymentArn", equalTo(arn));

    api().get("/v1/service-deployments/" + arn).then().body("status", equalTo("STOP_REQUESTED"));
    assertThat(
            database.text(
                "select desired -> 'stopDeployment' ->> 'type' from services where cluster = $1",
                cluster))
        .contains("ABORT");
    api()
        .body("{}")
        .post("/v1/service-deployments/" + arn + "/stop")
        .then()
        .statusCode(409)
        .body("code", equalTo("ConflictException"));
  }

  @Test
  void aFirstDeploymentHasNothingToGoBackTo() {
    String cluster = createCluster();
    String arn =
        createService(cluster, "web", register(unique("f")), 1)
            .extract()
            .path("currentServiceDeployment");

    api()
        .body("{\"stopType\": \"ROLLBACK\"}")
        .post("/v1/service-deployments/" + arn + "/stop")
        .then()
        .statusCode(409)
        .body("detail", containsString("ABORT"));
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    api()
        .get("/v1/service-deployments/arn:aws:ecs:us-east-1:0:service-deployment/a/b/c")
        .then()
        .statusCode(404)
        .body("code", equalTo("ServiceDeploymentNotFoundException"));
    api().get("/v1/service-revisions/none").then().statusCode(404);
    api().body("{}").post("/v1/service-deployments/none/stop").then().statusCode(404);
    api()
        .body("{\"stopType\": \"PAUSE\"}")
        .post("/v1/service-deployments/none/stop")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("stopType"));
  }
}

package dev.berth.api.application.retention;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.application.retention.ExpiredRows.Kind;
import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.EcsClient;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ExpiredServiceRowsTest {
  private static final String DEPLOYMENTS =
      "select count(*) from service_deployments where service_id = $1";
  private static final String REVISIONS =
      "select count(*) from service_revisions where service_id = $1";

  @TestHTTPResource("/")
  URI endpoint;

  @Inject ExpiredRows rows;
  @Inject Database database;

  @Test
  void theDeploymentsOfAServiceGoByAgeAndAllOfThemWithIt() {
    String service = twiceDeployedService();
    database.run(
        "update service_deployments set finished_at = now() - interval '2 days' where service_id = $1",
        service);

    delete(Kind.SERVICE_DEPLOYMENTS);

    assertThat(database.number(DEPLOYMENTS, service)).isEqualTo(1);
    assertThat(database.number(REVISIONS, service)).isEqualTo(1);

    database.run(
        "update services set status = 'INACTIVE', deleted_at = now() - interval '2 days' where id = $1",
        service);
    delete(Kind.INACTIVE_SERVICES);

    assertThat(database.number(DEPLOYMENTS, service)).isZero();
    assertThat(database.number(REVISIONS, service)).isZero();
    assertThat(database.number("select count(*) from services where id = $1", service)).isZero();
  }

  private void delete(Kind kind) {
    rows.delete(kind, Duration.ofDays(1), 1_000).await().atMost(Duration.ofSeconds(10));
  }

  private String twiceDeployedService() {
    try (EcsClient ecs = AwsClients.ecs(endpoint)) {
      String cluster = ecs.createCluster(r -> r.clusterName("retention")).cluster().clusterName();
      given()
          .header("Authorization", "Bearer test-admin-token")
          .contentType(ContentType.JSON)
          .body(
              """
              {"family": "retention", "containerDefinitions": [
                {"name": "web", "image": "web:1", "memory": 64}]}
              """)
          .post("/v1/task-definitions")
          .then()
          .statusCode(201);
      ecs.createService(
          r -> r.cluster(cluster).serviceName("web").taskDefinition("retention").desiredCount(0));
      ecs.updateService(r -> r.cluster(cluster).service("web").forceNewDeployment(true));
      return database
          .text("select id from services where cluster = $1 and name = 'web'", cluster)
          .orElseThrow();
    }
  }
}

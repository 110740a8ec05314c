package dev.berth.api.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.berth.api.application.port.DesiredStates;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class LoadBalancingResourcesTest extends RestTest {
  @Inject DesiredStates desiredStates;
  @Inject Database database;

  @Test
  void aTargetGroupTakesDefaultsAndChanges() {
    String name = unique("tg");

    api()
        .body("{\"name\": \"%s\", \"healthCheckPath\": \"/up\"}".formatted(name))
        .post("/v1/target-groups")
        .then()
        .statusCode(201)
        .body("targetGroupArn", containsString(":targetgroup/" + name + "/"))
        .body("healthCheckPath", equalTo("/up"))
        .body("matcher.httpCode", equalTo("200"))
        .body("deregistrationDelaySeconds", equalTo(300));

    api()
        .body("{\"deregistrationDelaySeconds\": 5, \"matcher\": {\"httpCode\": \"200-299\"}}")
        .patch("/v1/target-groups/" + name)
        .then()
        .statusCode(200)
        .body("deregistrationDelaySeconds", equalTo(5))
        .body("healthCheckPath", equalTo("/up"));
    api().get("/v1/target-groups").then().body("targetGroups.targetGroupName", hasItem(name));
    api().delete("/v1/target-groups/" + name).then().statusCode(204);
    api().get("/v1/target-groups/" + name).then().statusCode(404);
  }

  @Test
  void targetsByHandComeAndGo() {
    String name = unique("tg");
    String arn = createTargetGroup(name, 20_010);

    api()
        .body("{\"targets\": [{\"id\": \"10.1.2.3\", \"port\": 8090}]}")
        .post("/v1/target-groups/" + name + "/targets")
        .then()
        .statusCode(204);
    api()
        .get("/v1/target-groups/" + arn + "/targets")
        .then()
        .statusCode(200)
        .body("targetHealthDescriptions[0].target.host", equalTo("10.1.2.3"))
        .body("targetHealthDescriptions[0].targetHealth.state", equalTo("unused"));

    api()
        .body("{\"targets\": [{\"id\": \"10.1.2.3\", \"port\": 8090}]}")
        .delete("/v1/target-groups/" + name + "/targets")
        .then()
        .statusCode(204);
    api()
        .get("/v1/target-groups/" + name + "/targets")
        .then()
        .body("targetHealthDescriptions", hasSize(0));
  }

  @Test
  void targetsCannotReachTheMachineItself() {
    String name = unique("tg");
    createTargetGroup(name, 20_011);

    for (String host :
        new String[] {"127.0.0.1", "localhost", "::1", "169.254.169.254", "0.0.0.0"}) {
      api()
          .body("{\"targets\": [{\"id\": \"%s\", \"port\": 80}]}".formatted(host))
          .post("/v1/target-groups/" + name + "/targets")
          .then()
          .statusCode(400)
          .body("errors[0].field", equalTo("targets[0].id"));
    }
  }

  @Test
  void listenersOpenPortsOnce() {
    String group = unique("tg");
    createTargetGroup(group, 20_012);
    String name = unique("lb");
    api()
        .body("{\"name\": \"%s\"}".formatted(name))
        .post("/v1/load-balancers")
        .then()
        .statusCode(201);
    String other =
        "{\"protocol\": \"HTTP\", \"port\": 20013, \"defaultActions\": [{\"type\": \"fixed-response\","
            + " \"fixedResponseConfig\": {\"statusCode\": \"404\"}}]}";

    api()
        .body(
            "{\"protocol\": \"HTTP\", \"port\": 20012, \"defaultActions\": [{\"type\": \"forward\", \"targetGroupArn\": \"%s\"}]}"
                .formatted(group))
        .post("/v1/load-balancers/" + name + "/listeners")
        .then()
        .statusCode(409)
        .body("code", equalTo("TargetGroupAssociationLimitException"));
    api()
        .body(other)
        .post("/v1/load-balancers/" + name + "/listeners")
        .then()
        .statusCode(201)
        .body("port", equalTo(20_013));
    api()
        .body(other.replace("404", "503"))
        .post("/v1/load-balancers/" + name + "/listeners")
        .then()
        .statusCode(409)
        .body("code", equalTo("DuplicateListenerException"));

    api().get("/v1/load-balancers/" + name + "/listeners").then().body("listeners", hasSize(1));
    api().delete("/v1/load-balancers/" + name + "/listeners/20013").then().statusCode(204);
    api().delete("/v1/load-balancers/" + name + "/listeners/20013").then().statusCode(404);
    api().delete("/v1/target-groups/" + group).then().statusCode(409);
    api().delete("/v1/load-balancers/" + name).then().statusCode(204);
    api().get("/v1/load-balancers/" + name).then().statusCode(404);
  }

  @Test
  void whatIsPublishedHoldsListenersAndGroups() throws Throwable {
    String group = unique("tg");
    String arn = createTargetGroup(group, 20_014);
    String balancer =
        database.text("select load_balancer from listeners where port = 20014").orElseThrow();

    LoadBalancerDesired published =
        (LoadBalancerDesired)
            VertxContextSupport.subscribeAndAwait(
                    () -> desiredStates.current(Topic.LOAD_BALANCER_DESIRED, balancer))
                .orElseThrow();

    assertThat(published.listeners()).singleElement().matches(one -> one.port() == 20_014);
    assertThat(published.targetGroups())
        .singleElement()
        .matches(one -> one.targetGroupArn().equals(arn));
    assertThat(
            VertxContextSupport.subscribeAndAwait(
                () -> desiredStates.page(Topic.LOAD_BALANCER_DESIRED, null, 1000)))
        .extracting(DesiredStates.ResourceKey::key)
        .contains(balancer);
  }

  @Test
  void wrongFieldsAreNamed() {
    api()
        .body(
            """
            {"name": "-x-", "protocol": "GOPHER", "healthCheckPath": "up", "healthCheckPort": "0",
             "healthCheckIntervalSeconds": 1000, "matcher": {"httpCode": "fine"}, "deregistrationDelaySeconds": 9999}
            """)
        .post("/v1/target-groups")
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            hasItems(
                "name",
                "protocol",
                "healthCheckPath",
                "healthCheckPort",
                "healthCheckIntervalSeconds",
                "matcher.httpCode",
                "deregistrationDelaySeconds"));
    api().body("{\"name\": \"a_b\"}").post("/v1/load-balancers").then().statusCode(400);
    api().body("{\"port\": 1}").post("/v1/load-balancers/none/listeners").then().statusCode(400);
    api().get("/v1/load-balancers/none").then().statusCode(404);
    api().delete("/v1/target-groups/none").then().statusCode(404);
    api().get("/v1/target-groups/none/targets").then().statusCode(404);
  }

  @Test
  void namesAreTakenOnce() {
    String name = unique("x");
    api()
        .body("{\"name\": \"%s\"}".formatted(name))
        .post("/v1/load-balancers")
        .then()
        .statusCode(201);
    api()
        .body("{\"name\": \"%s\", \"scheme\": \"internal\"}".formatted(name))
        .post("/v1/load-balancers")
        .then()
        .statusCode(409)
        .body("code", equalTo("DuplicateLoadBalancerNameException"));
  }
}

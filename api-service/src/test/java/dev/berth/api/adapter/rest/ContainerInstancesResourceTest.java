package dev.berth.api.adapter.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class ContainerInstancesResourceTest extends RestTest {
  @Inject Database database;

  @Test
  void anInstanceShowsWhatItsNodeSaid() {
    String cluster = createCluster();
    String path = register(cluster, "i1");

    api()
        .get(path)
        .then()
        .statusCode(200)
        .body("status", equalTo("ACTIVE"))
        .body("agentConnected", equalTo(true))
        .body("availabilityZone", equalTo("zone-a"))
        .body("registeredResources.find { it.name == 'MEMORY' }.integerValue", equalTo(2048))
        .body("remainingResources.find { it.name == 'CPU' }.integerValue", equalTo(1024))
        .body("runningTasksCount", equalTo(0))
        .body("attributes.name", hasItem("ecs.availability-zone"));
    api()
        .get("/v1/clusters/" + cluster + "/container-instances")
        .then()
        .body("containerInstances", hasSize(1));
  }

  @Test
  void aMachineIsRegisteredBeforeItsNode() {
    String path = "/v1/clusters/" + createCluster() + "/container-instances";

    String arn =
        api()
            .body(
                """
                {"instanceIdentityDocument": "{\\"instanceId\\": \\"i-7\\"}",
                 "totalResources": [{"name": "CPU", "type": "INTEGER", "integerValue": 2048}],
                 "attributes": [{"name": "rack", "value": "r1"}],
                 "tags": [{"key": "team", "value": "blue"}]}
                """)
            .post(path)
            .then()
            .statusCode(201)
            .body("status", equalTo("ACTIVE"))
            .body("agentConnected", equalTo(false))
            .body("ec2InstanceId", equalTo("i-7"))
            .body("attributes.name", hasItem("rack"))
            .extract()
            .path("containerInstanceArn");
    api()
        .get(path + "/" + arn.substring(arn.lastIndexOf('/') + 1))
        .then()
        .body("tags[0].value", equalTo("blue"));

    api()
        .body("{\"totalResources\": [{\"name\": \"CPU\"}]}")
        .post(path)
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("totalResources[0].integerValue"));
    api().body("{}").post("/v1/clusters/nowhere/container-instances").then().statusCode(404);
  }

  @Test
  void aDrainedInstanceIsActivatedAgain() {
    String cluster = createCluster();
    String path = register(cluster, "i2");

    api()
        .body("{\"status\": \"DRAINING\"}")
        .patch(path)
        .then()
        .statusCode(200)
        .body("status", equalTo("DRAINING"));
    api()
        .get("/v1/clusters/" + cluster + "/container-instances?status=DRAINING")
        .then()
        .body("containerInstances", hasSize(1));

    api()
        .body("{\"status\": \"ACTIVE\"}")
        .patch(path)
        .then()
        .statusCode(200)
        .body("status", equalTo("ACTIVE"));
  }

  @Test
  void attributesAreGivenAndTakenAway() {
    String path = register(createCluster(), "i3");

    api()
        .body("[{\"name\": \"stack\", \"value\": \"blue\"}]")
        .put(path + "/attributes")
        .then()
        .statusCode(200)
        .body("attributes.find { it.name == 'stack' }.value", equalTo("blue"));
    api()
        .delete(path + "/attributes/stack")
        .then()
        .statusCode(200)
        .body("attributes.findAll { it.name == 'stack' }", hasSize(0));

    api().delete(path + "/attributes/stack").then().statusCode(404);
    api()
        .body("[{\"name\": \"ecs.mine\"}]")
        .put(path + "/attributes")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("[0].name"));
  }

  @Test
  void aDeregisteredInstanceIsInactive() {
    String cluster = createCluster();
    String path = register(cluster, "i4");

    api().delete(path).then().statusCode(200).body("status", equalTo("INACTIVE"));

    api()
        .get("/v1/clusters/" + cluster + "/container-instances")
        .then()
        .body("containerInstances", hasSize(0));
    api().body("{\"status\": \"ACTIVE\"}").patch(path).then().statusCode(404);
  }

  @Test
  void wrongRequestsAreRefused() {
    String path = register(createCluster(), "i5");

    api()
        .body("{\"status\": \"INACTIVE\"}")
        .patch(path)
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("status"));
    api().body("{\"status\": \"ASLEEP\"}").patch(path).then().statusCode(400);
    api().get("/v1/clusters/default/container-instances/none").then().statusCode(404);
    api().delete("/v1/clusters/default/container-instances/none").then().statusCode(404);
    api().get("/v1/clusters/default/container-instances?status=ODD").then().statusCode(400);
  }

  private String register(String cluster, String name) {
    String id = unique(name);
    ContainerInstanceDesired desired =
        new ContainerInstanceDesired(
            id,
            cluster,
            1,
            "test-installation",
            InstanceStatusName.ACTIVE,
            false,
            List.of(),
            List.of());
    ContainerInstanceStatus seen =
        new ContainerInstanceStatus(
            id,
            cluster,
            1,
            "test-installation",
            name,
            "zone-a",
            "127.0.0.1",
            null,
            new Resources(1024, 2048, List.of(), 0),
            List.of(Attribute.of("ecs.os-type", "linux")),
            "1",
            "20.10",
            true,
            false,
            List.of(),
            null,
            null,
            null,
            null,
            List.of());
    database.run(
        """
        insert into container_instances
          (id, cluster, status, version, desired, seen_version, seen, heartbeat_at, docker_connected, registered_at)
        values ($1, $2, 'ACTIVE', 1, $3::text::jsonb, 1, $4::text::jsonb, now(), true, now())
        """,
        id,
        cluster,
        json(desired),
        json(seen));
    return "/v1/clusters/" + cluster + "/container-instances/" + id;
  }

  private static String json(Object document) {
    return new String(EventJson.write(document), StandardCharsets.UTF_8);
  }
}

package dev.berth.api.adapter.rest;

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
class TasksResourceTest extends RestTest {
  @Inject Database database;

  @Test
  void undecidedTasksAreAnsweredAsProvisioning() {
    String cluster = createCluster();

    String arn = runOne(cluster);

    String id = arn.substring(arn.lastIndexOf('/') + 1);
    api()
        .get("/v1/tasks/" + id)
        .then()
        .statusCode(200)
        .body("taskArn", matchesPattern("arn:aws:ecs:.*:task/" + cluster + "/[0-9a-f]{32}"))
        .body("lastStatus", equalTo("PROVISIONING"))
        .body("desiredStatus", equalTo("RUNNING"))
        .body("containers[0].name", equalTo("web"))
        .body("startedBy", equalTo("me"));
    api().get("/v1/tasks/" + arn).then().statusCode(200).body("taskArn", equalTo(arn));
    api()
        .get("/v1/clusters/" + cluster + "/tasks?startedBy=me")
        .then()
        .body("tasks.taskArn", hasItem(arn));
    api()
        .get("/v1/clusters/" + cluster + "/tasks?desiredStatus=STOPPED")
        .then()
        .body("tasks", hasSize(0));
  }

  @Test
  void aRefusedTaskIsAFailureWithItsReason() {
    String cluster = createCluster();
    String definition = register(unique("f"));
    refuseWhatComes(cluster);

    api()
        .body("{\"taskDefinition\": \"%s\"}".formatted(definition))
        .post("/v1/clusters/" + cluster + "/tasks")
        .then()
        .statusCode(200)
        .body("tasks", hasSize(0))
        .body("failures[0].reason", equalTo("RESOURCE:MEMORY"))
        .body(
            "failures[0].detail",
            equalTo(
                "2 container instances were considered. a: too little memory. The same request may"
                    + " succeed later."));
    api().get("/v1/clusters/" + cluster + "/tasks").then().body("tasks", hasSize(0));
  }

  @Test
  void aStoppedTaskSaysWhoStoppedIt() {
    String arn = runOne(createCluster());

    api()
        .body("{\"reason\": \"enough\"}")
        .post("/v1/tasks/" + arn.substring(arn.lastIndexOf('/') + 1) + "/stop")
        .then()
        .statusCode(200)
        .body("desiredStatus", equalTo("STOPPED"))
        .body("stopCode", equalTo("UserInitiated"))
        .body("stoppedReason", equalTo("enough"));

    api()
        .body("{\"reason\": \"again\"}")
        .post("/v1/tasks/" + arn + "/stop")
        .then()
        .statusCode(200)
        .body("stoppedReason", equalTo("enough"));
  }

  @Test
  void aTaskIsStoppedWithoutAReasonAndWithoutABody() {
    String arn = runOne(createCluster());

    api()
        .noContentType()
        .post("/v1/tasks/" + arn + "/stop")
        .then()
        .statusCode(200)
        .body("desiredStatus", equalTo("STOPPED"))
        .body("stoppedReason", equalTo("Task stopped by user"));
    api().post("/v1/tasks/" + arn + "/stop").then().statusCode(200);
    api().post("/v1/service-deployments/none/stop").then().statusCode(404);
    api().put("/v1/tasks/" + arn + "/protection").then().statusCode(400);
  }

  @Test
  void theSameTokenRunsOnce() {
    String cluster = createCluster();
    String body =
        "{\"taskDefinition\": \"%s\", \"clientToken\": \"once\"}".formatted(register(unique("f")));

    String first =
        api().body(body).post("/v1/clusters/" + cluster + "/tasks").path("tasks[0].taskArn");
    String second =
        api().body(body).post("/v1/clusters/" + cluster + "/tasks").path("tasks[0].taskArn");

    org.assertj.core.api.Assertions.assertThat(second).isEqualTo(first);
  }

  @Test
  void startingOnAnUnknownInstanceIsAFailure() {
    api()
        .body(
            "{\"taskDefinition\": \"%s\", \"containerInstances\": [\"none\"]}"
                .formatted(register(unique("f"))))
        .post("/v1/clusters/default/tasks")
        .then()
        .statusCode(200)
        .body("failures[0].reason", equalTo("MISSING"))
        .body("failures[0].arn", containsString("container-instance/default/none"));
  }

  @Test
  void oneOffTasksCannotBeProtected() {
    String arn = runOne(createCluster());

    api()
        .body("{\"protectionEnabled\": true, \"expiresInMinutes\": 5}")
        .put("/v1/tasks/" + arn + "/protection")
        .then()
        .statusCode(409);
    api()
        .body("{\"expiresInMinutes\": 0}")
        .put("/v1/tasks/" + arn + "/protection")
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("protectionEnabled", "expiresInMinutes"));
  }

  @Test
  void aTaskMayWaitForRoomAndIsStoppedWhenItWaitedInVain() {
    String cluster = createCluster();
    String arn =
        api()
            .body(
                "{\"taskDefinition\": \"%s\", \"placementTimeout\": 60}"
                    .formatted(register(unique("f"))))
            .post("/v1/clusters/" + cluster + "/tasks")
            .then()
            .statusCode(200)
            .extract()
            .path("tasks[0].taskArn");
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    org.assertj.core.api.Assertions.assertThat(
            database.text(
                "select extract(epoch from ((desired -> 'run' ->> 'expiresAt')::timestamptz"
                    + " - (desired -> 'run' ->> 'createdAt')::timestamptz))::int from tasks where id = $1",
                id))
        .contains("60");

    database.run(
        """
        update tasks set verdict_version = 1, last_status = 'STOPPED', desired_status = 'STOPPED',
          stopped_at = now(), verdict = jsonb_build_object('taskId', id, 'cluster', cluster, 'version', 1,
            'outcome', 'REFUSED', 'instancesConsidered', 2, 'canWaitHelp', true)
        where id = $1
        """,
        id);

    api()
        .get("/v1/tasks/" + id)
        .then()
        .statusCode(200)
        .body("lastStatus", equalTo("STOPPED"))
        .body("stopCode", equalTo("TaskFailedToStart"))
        .body("stoppedReason", containsString("2 container instances"));
  }

  @Test
  void everyWrongFieldIsNamed() {
    api()
        .body("{\"count\": 11, \"group\": \"service:x\", \"clientToken\": \"a b\"}")
        .post("/v1/clusters/default/tasks")
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("taskDefinition", "count", "group", "clientToken"));
    api()
        .body(
            """
            {"taskDefinition": "%s", "overrides": {"containerOverrides": [{"name": "none"}]}}
            """
                .formatted(register(unique("f"))))
        .post("/v1/clusters/default/tasks")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("overrides.containerOverrides[0].name"));
    api().get("/v1/clusters/default/tasks?lastStatus=FLYING").then().statusCode(400);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    api().get("/v1/tasks/none").then().statusCode(404);
    api().body("{}").post("/v1/tasks/none/stop").then().statusCode(404);
    api()
        .body("{\"protectionEnabled\": true}")
        .put("/v1/tasks/none/protection")
        .then()
        .statusCode(404);
    api()
        .body("{\"taskDefinition\": \"x\"}")
        .post("/v1/clusters/nowhere/tasks")
        .then()
        .statusCode(404);
  }

  private static String runOne(String cluster) {
    return api()
        .body(
            "{\"taskDefinition\": \"%s\", \"startedBy\": \"me\"}".formatted(register(unique("f"))))
        .post("/v1/clusters/" + cluster + "/tasks")
        .then()
        .statusCode(200)
        .body("failures", hasSize(0))
        .extract()
        .path("tasks[0].taskArn");
  }

  /** Lets PostgreSQL refuse each task of a cluster as the scheduler would. */
  private void refuseWhatComes(String cluster) {
    String name = cluster.replace('-', '_');
    database.run(
        """
        create function refuse_%s() returns trigger language plpgsql as $$ begin
          if new.cluster = '%s' then
            new.verdict_version := 1;
            new.verdict := jsonb_build_object('taskId', new.id, 'cluster', new.cluster, 'version', 1,
              'outcome', 'REFUSED', 'instancesConsidered', 2, 'canWaitHelp', true, 'reasons',
              jsonb_build_array(jsonb_build_object('code', 'RESOURCE:MEMORY', 'detail', 'a: too little memory', 'instances', 2)));
          end if;
          return new;
        end $$
        """
            .formatted(name, cluster));
    database.run(
        "create trigger refuse_%s before insert on tasks for each row execute function refuse_%s()"
            .formatted(name, name));
  }
}

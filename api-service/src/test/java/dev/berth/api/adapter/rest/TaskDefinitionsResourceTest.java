package dev.berth.api.adapter.rest;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.berth.api.testing.FlowDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TaskDefinitionsResourceTest extends RestTest {
  @Test
  void revisionsOfAFamilyCountUp() {
    String family = unique("f");

    String first = register(family);
    String second = register(family);

    org.assertj.core.api.Assertions.assertThat(first).endsWith("task-definition/" + family + ":1");
    org.assertj.core.api.Assertions.assertThat(second).endsWith(":2");
  }

  @Test
  void aRevisionIsFoundByFamilyByRevisionAndByArn() {
    String family = unique("f");
    String first = register(family);
    register(family);

    api().get("/v1/task-definitions/" + family).then().statusCode(200).body("revision", equalTo(2));
    api().get("/v1/task-definitions/" + family + ":1").then().body("revision", equalTo(1));
    api().get("/v1/task-definitions/" + first).then().statusCode(200).body("revision", equalTo(1));
  }

  @Test
  void answerShowsWhatWasComputed() {
    api()
        .body(
            """
            {"family": "%s", "networkMode": "host", "cpu": 256, "memory": "0.5 GB", "tags": [{"key": "k", "value": "v"}],
             "containerDefinitions": [{"name": "a", "image": "a:1", "privileged": true}]}
            """
                .formatted(unique("f")))
        .post("/v1/task-definitions")
        .then()
        .statusCode(201)
        .body("cpu", equalTo("256"))
        .body("memory", equalTo("512"))
        .body("networkMode", equalTo("host"))
        .body("status", equalTo("ACTIVE"))
        .body("compatibilities", hasItem("EC2"))
        .body("requiresAttributes.name", hasItem(containsString("privileged")))
        .body("tags[0].key", equalTo("k"));
  }

  @Test
  void deregisteredRevisionIsInactiveAndNotUsed() {
    String family = unique("f");
    register(family);
    register(family);

    api()
        .delete("/v1/task-definitions/" + family + ":2")
        .then()
        .statusCode(200)
        .body("status", equalTo("INACTIVE"));

    api().get("/v1/task-definitions/" + family).then().body("revision", equalTo(1));
    api()
        .body("{\"taskDefinition\": \"%s:2\"}".formatted(family))
        .post("/v1/clusters/default/tasks")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("taskDefinition"));
    org.assertj.core.api.Assertions.assertThat(register(family)).endsWith(":3");
  }

  @Test
  void listsFilterAndSort() {
    String family = unique("f");
    register(family);
    register(family);

    api()
        .get("/v1/task-definitions?sort=DESC&familyPrefix=" + family)
        .then()
        .statusCode(200)
        .body("taskDefinitions.revision", equalTo(java.util.List.of(2, 1)));
    api()
        .get("/v1/task-definition-families?familyPrefix=" + family)
        .then()
        .statusCode(200)
        .body("families", equalTo(java.util.List.of(family)));
    api()
        .get("/v1/task-definitions?status=INACTIVE&familyPrefix=" + family)
        .then()
        .body("taskDefinitions", hasSize(0));
    api().get("/v1/task-definitions?status=GONE").then().statusCode(400);
    api().get("/v1/task-definitions?sort=SIDEWAYS").then().statusCode(400);
  }

  @Test
  void pagesOfRevisionsFollowEachOther() {
    String family = unique("f");
    register(family);
    register(family);

    String token =
        api()
            .get("/v1/task-definitions?maxResults=1&familyPrefix=" + family)
            .then()
            .body("taskDefinitions[0].revision", equalTo(1))
            .extract()
            .path("nextToken");

    api()
        .queryParam("nextToken", token)
        .get("/v1/task-definitions?maxResults=1&familyPrefix=" + family)
        .then()
        .body("taskDefinitions[0].revision", equalTo(2));
  }

  @Test
  void everyWrongFieldIsNamedInOneAnswer() {
    api()
        .body(
            """
            {"family": "a b", "containerDefinitions": [
              {"name": "x", "image": "i", "memory": 64, "dependsOn": [{"containerName": "y", "condition": "START"}],
               "portMappings": [{"containerPort": 80}, {"containerPort": 70000}]},
              {"name": "y", "image": "i", "memory": 2, "dependsOn": [{"containerName": "x", "condition": "START"}]},
              {"name": "y", "image": "i", "memory": 64}]}
            """)
        .post("/v1/task-definitions")
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            containsInAnyOrder(
                "family",
                "containerDefinitions[0].portMappings[1].containerPort",
                "containerDefinitions[1].memory",
                "containerDefinitions[2].name",
                "containerDefinitions"))
        .body("errors.message", hasItem(allOf(containsString("circle"), containsString("x, y"))));
  }

  @Test
  void unknownMembersAndWrongTypesAreNamedByTheirPath() {
    refused(
        "{\"family\": \"a\", \"containerDefinitions\": [{\"imagee\": \"x\"}]}",
        "containerDefinitions[0].imagee",
        "not known");
    refused("{\"family\": 5}", "family", "must be a text");
    refused(
        "{\"family\": \"a\", \"containerDefinitions\": {}}",
        "containerDefinitions",
        "must be a list");
    refused(
        "{\"family\": \"a\", \"containerDefinitions\": [null]}", "containerDefinitions[0]", "null");
    refused(
        "{\"family\": \"a\", \"containerDefinitions\": [{\"memory\": \"many\"}]}",
        "containerDefinitions[0].memory",
        "whole number");
    refused(
        "{\"family\": \"a\", \"containerDefinitions\": [{\"memory\": 99999999999}]}",
        "containerDefinitions[0].memory",
        "");
    refused(
        "{\"family\": \"a\", \"containerDefinitions\": [{\"essential\": \"yes\"}]}",
        "containerDefinitions[0].essential",
        "true or false");
    refused("{\"family\": \"a\", \"networkMode\": \"bus\"}", "networkMode", "bridge");
  }

  @Test
  void unknownTaskDefinitionIsNotFound() {
    api().get("/v1/task-definitions/no-such-family").then().statusCode(404);
    api().get("/v1/task-definitions/no-such-family:7").then().statusCode(404);
    api().get("/v1/task-definitions/f:x").then().statusCode(400);
    api().delete("/v1/task-definitions/no-such-family:7").then().statusCode(404);
    api().delete("/v1/task-definitions/no-such-family").then().statusCode(400);
  }

  private static void refused(String body, String field, String message) {
    api()
        .body(body)
        .post("/v1/task-definitions")
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo(field))
        .body("errors[0].message", containsString(message))
        .body("detail", not(containsString("dev.berth")));
  }
}

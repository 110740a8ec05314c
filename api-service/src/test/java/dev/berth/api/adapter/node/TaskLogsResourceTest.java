package dev.berth.api.adapter.node;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.berth.api.application.port.SystemOfRecord;
import dev.berth.api.domain.fold.Records;
import dev.berth.api.testing.Database;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.api.testing.LineReader;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.TaskLifecycle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class TaskLogsResourceTest {
  private static final String LINES =
      """
      {"timestamp":"2026-11-22T12:00:00Z","container":"app","stream":"stdout","message":"one"}
      {"timestamp":"2026-11-22T12:00:01Z","container":"app","stream":"stderr","message":"two"}
      """;

  @Inject Vertx vertx;
  @Inject Database database;
  @Inject SystemOfRecord systemOfRecord;

  @TestHTTPResource("/v1/tasks")
  URI tasks;

  private final String task = UUID.randomUUID().toString().replace("-", "");
  private final AtomicReference<HttpServerRequest> asked = new AtomicReference<>();
  private final AtomicBoolean clientGone = new AtomicBoolean();
  private HttpServer node;

  @BeforeEach
  void aNodeWithLogs() {
    await().atMost(Duration.ofSeconds(60)).until(systemOfRecord::isReady);
    node =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    database.cluster(Records.CLUSTER);
    instance("http://127.0.0.1:" + node.actualPort());
    task(TaskLifecycle.STOPPED);
  }

  @AfterEach
  void closeTheNode() {
    node.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void linesArePlainTextByDefault() {
    read("?tail=5&since=2026-11-22T11:00:00Z")
        .statusCode(200)
        .contentType("text/plain")
        .body(equalTo("app | one\napp | two\n"));

    assertThat(asked.get().getHeader("Authorization")).isEqualTo("Bearer test-node-token");
    assertThat(asked.get().getParam("tail")).isEqualTo("5");
    assertThat(asked.get().getParam("since")).isEqualTo("2026-11-22T11:00:00Z");
  }

  @Test
  void linesAreObjectsForWhoAsksForThem() {
    given()
        .header("Authorization", "Bearer test-admin-token")
        .accept("application/x-ndjson")
        .get("/v1/tasks/" + task + "/logs?container=app")
        .then()
        .statusCode(200)
        .contentType("application/x-ndjson")
        .body(containsString("\"message\":\"two\""));
  }

  @Test
  void aFollowerThatLeavesLeavesTheNodeToo() {
    try (LineReader follower =
        LineReader.open(URI.create(tasks + "/" + task + "/logs?follow=true"))) {
      await().until(() -> follower.lines().contains("app | two"));
    }

    await().untilTrue(clientGone);
  }

  @Test
  void anUnknownTaskOrContainerIsNotFound() {
    given()
        .header("Authorization", "Bearer test-admin-token")
        .get("/v1/tasks/" + "0".repeat(32) + "/logs")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
    read("?container=nosuch").statusCode(404).body("detail", containsString("[app]"));
  }

  @Test
  void aTaskWithoutAPlaceHasNoLogsYet() {
    database.run(
        "update tasks set seen = null, seen_version = 0, last_status = 'PROVISIONING',"
            + " stopped_at = null, container_instance_id = null where id = $1",
        task);

    read("").statusCode(409).contentType("application/problem+json");
  }

  @Test
  void aNodeThatIsAwayIsABadGateway() {
    node.close().toCompletionStage().toCompletableFuture().join();

    read("").statusCode(502).contentType("application/problem+json").body("status", equalTo(502));
  }

  @Test
  void wrongParametersAreNamed() {
    read("?tail=-1").statusCode(400).body("errors[0].field", equalTo("tail"));
    read("?since=yesterday").statusCode(400).body("errors[0].field", equalTo("since"));
    read("?follow=perhaps").statusCode(400).body("errors[0].field", equalTo("follow"));
  }

  private ValidatableResponse read(String query) {
    return given()
        .header("Authorization", "Bearer test-admin-token")
        .get("/v1/tasks/" + task + "/logs" + query)
        .then();
  }

  private void answer(HttpServerRequest request) {
    asked.set(request);
    request.response().setChunked(true).putHeader("Content-Type", "application/x-ndjson");
    request.response().closeHandler(closed -> clientGone.set(true));
    if ("true".equals(request.getParam("follow"))) {
      request.response().write(LINES);
    } else {
      request.response().end(LINES);
    }
  }

  private void instance(String logsUrl) {
    ContainerInstanceStatus at = Records.instance(task, Records.CLUSTER, 1);
    ContainerInstanceStatus seen =
        new ContainerInstanceStatus(
            at.containerInstanceId(),
            at.cluster(),
            at.version(),
            at.installationId(),
            at.name(),
            at.availabilityZone(),
            at.hostAddress(),
            logsUrl,
            at.registeredResources(),
            at.attributes(),
            at.agentVersion(),
            at.dockerVersion(),
            true,
            false,
            at.tasks(),
            at.logId(),
            at.registeredAt(),
            at.startedAt(),
            null,
            List.of());
    database.run(
        """
        insert into container_instances
          (id, cluster, status, version, desired, seen_version, seen, registered_at)
        values ($1, $2, 'ACTIVE', 1, $3::text::jsonb, 1, $4::text::jsonb, now())
        """,
        "i-" + task,
        Records.CLUSTER,
        """
        {"containerInstanceId":"i-%s","cluster":"default","version":1,"status":"ACTIVE"}
        """
            .formatted(task),
        json(seen));
  }

  private void task(TaskLifecycle last) {
    String seen =
        json(Records.status(task, 1, last)).replace("\"instance-1\"", "\"i-" + task + "\"");
    database.run(
        """
        insert into tasks (id, cluster, task_definition_arn, last_status, desired_status,
          seen_version, seen, created_at, stopped_at, container_instance_id)
        values ($1, $2, $3, $4, 'STOPPED', 1, $5::text::jsonb, now(), now(), $6)
        """,
        task,
        Records.CLUSTER,
        Records.REVISION,
        last.name(),
        seen,
        "i-" + task);
  }

  private static String json(Object record) {
    return new String(EventJson.write(record), StandardCharsets.UTF_8);
  }
}

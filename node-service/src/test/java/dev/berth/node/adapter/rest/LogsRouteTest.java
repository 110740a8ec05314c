package dev.berth.node.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.node.application.FakeContainerEngine;
import dev.berth.node.application.TaskLogs;
import dev.berth.node.domain.container.AssignedTasks;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.TaskContainers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsRouteTest {
  private static final String TOKEN = "node-token";
  private static final String DEFINITION =
      """
      {'family': 'web', 'revision': 1, 'containerDefinitions': [
        {'name': 'app', 'image': 'test:1', 'command': ['sh', '-c', 'echo one; echo two; echo three']},
        {'name': 'side', 'image': 'test:1', 'command': ['sh', '-c', 'echo oops >&2']},
        {'name': 'quiet', 'image': 'test:1', 'command': ['sleep', '600']},
        {'name': 'mute', 'image': 'test:1', 'logConfiguration': {'logDriver': 'none'}}]}
      """;

  private final FakeContainerEngine engine = new FakeContainerEngine("test:1");
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new LogsRoute(new TaskLogs(engine, Clock.systemUTC()), Optional.of(TOKEN)).register(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stopServing() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void givesTheLinesOfOneContainer() throws Exception {
    run("app");
    HttpResponse<String> answer = get("?container=app");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    List<JsonObject> lines = lines(answer);
    assertThat(lines)
        .extracting(line -> line.getString("message"))
        .containsExactly("one", "two", "three");
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.getString("container")).isEqualTo("app");
              assertThat(line.getString("stream")).isEqualTo("stdout");
              assertThat(Instant.parse(line.getString("timestamp"))).isNotNull();
            });
  }

  @Test
  void mergesAllContainersAndKeepsTheirStreams() throws Exception {
    run("app");
    run("side");
    assertThat(lines(get("")))
        .extracting(line -> line.getString("container") + " " + line.getString("stream"))
        .containsExactlyInAnyOrder("app stdout", "app stdout", "app stdout", "side stderr");
  }

  @Test
  void givesOnlyTheLastLinesAndNoTimesWhenAsked() throws Exception {
    run("app");
    List<JsonObject> lines = lines(get("?tail=1&timestamps=false"));
    assertThat(lines).extracting(line -> line.getString("message")).containsExactly("three");
    assertThat(lines.getFirst().containsKey("timestamp")).isFalse();
  }

  @Test
  void givesNothingBeforeSince() throws Exception {
    run("app");
    assertThat(lines(get("?since=" + Instant.now().plusSeconds(60)))).isEmpty();
    assertThat(lines(get("?since=1000"))).hasSize(3);
  }

  @Test
  void followsUntilTheContainersEnd() throws Exception {
    run("app");
    String quiet = run("quiet");
    HttpResponse<InputStream> answer =
        client.send(request("?follow=true", TOKEN), HttpResponse.BodyHandlers.ofInputStream());
    try (var reader = reader(answer)) {
      for (int i = 0; i < 3; i++) {
        assertThat(reader.readLine()).contains("app");
      }
      engine.exit(quiet, 0);
      assertThat(reader.readLine()).isNull();
    }
  }

  @Test
  void stopsReadingWhenTheClientLeaves() throws Exception {
    run("quiet");
    HttpResponse<InputStream> answer =
        client.send(request("?follow=true", TOKEN), HttpResponse.BodyHandlers.ofInputStream());
    await().until(() -> engine.openLogReads() == 1);
    answer.body().close();
    await().until(() -> engine.openLogReads() == 0);
  }

  @Test
  void saysWhyAContainerHasNoLog() throws Exception {
    run("mute");
    assertThat(lines(get("")).getFirst().getString("message")).contains("does not support reading");
  }

  @ParameterizedTest
  @CsvSource({
    "?tail=-1, tail",
    "?tail=many, tail",
    "?follow=perhaps, follow",
    "?timestamps=1, timestamps",
    "?since=yesterday, since",
    "?since=9999-01-01T00:00:00Z, since",
    "?colour=red, colour"
  })
  void namesAWrongParameter(String query, String field) throws Exception {
    run("app");
    HttpResponse<String> answer = get(query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(
            new JsonObject(answer.body())
                .getJsonArray("errors")
                .getJsonObject(0)
                .getString("field"))
        .isEqualTo(field);
  }

  @Test
  void knowsNoSuchTaskOrContainer() throws Exception {
    assertThat(get("").statusCode()).isEqualTo(404);
    run("app");
    HttpResponse<String> answer = get("?container=other");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("no container other");
  }

  @Test
  void turnsAwayWhoHasNoToken() throws Exception {
    run("app");
    for (String token : new String[] {null, "", "wrong"}) {
      HttpResponse<String> answer =
          client.send(request("", token), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("one");
    }
  }

  @Test
  void saysThatTheEngineIsAway() throws Exception {
    engine.setUnavailable(true);
    assertThat(get("").statusCode()).isEqualTo(503);
  }

  private String run(String container) {
    ContainerSpec spec =
        TaskContainers.of(AssignedTasks.task(DEFINITION)).containers().get(container);
    String id = engine.create(spec);
    engine.start(id);
    return id;
  }

  private HttpResponse<String> get(String query) throws IOException, InterruptedException {
    return client.send(request(query, TOKEN), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String query, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:"
                    + server.actualPort()
                    + "/v1/tasks/"
                    + AssignedTasks.TASK_ID
                    + "/logs"
                    + query));
    return token == null
        ? request.build()
        : request.header("Authorization", "Bearer " + token).build();
  }

  private static List<JsonObject> lines(HttpResponse<String> answer) {
    return answer.body().lines().map(JsonObject::new).toList();
  }

  private static BufferedReader reader(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }
}

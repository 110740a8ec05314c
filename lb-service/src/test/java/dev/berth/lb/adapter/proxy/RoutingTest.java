package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Condition;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.ListenerSettings;
import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Rule;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetGroupSettings;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, actions and attributes as clients and targets see them. */
class RoutingTest {
  @TempDir Path folder;
  private ProxyFixture lb;
  private int port;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture(UnaryOperator.identity(), folder);
    port = ProxyFixture.freePort();
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void rulesSendRequestsToTheirGroups() throws Exception {
    group("api", Map.of(), Backend.named(lb.vertx, "api"));
    group("web", Map.of(), Backend.named(lb.vertx, "web"));
    listen(
        Map.of(),
        rule(10, new Condition.PathPattern(List.of("/api/*"), List.of()), forward("api")),
        Rule.byDefault("d", forward("web")));

    assertThat(lb.get(port, "/api/x").body()).isEqualTo("api");
    assertThat(lb.get(port, "/x").body()).isEqualTo("web");
  }

  @Test
  void redirectsFillInWhatTheRequestHad() throws Exception {
    listen(
        Map.of(),
        Rule.byDefault(
            "d",
            new Action.Redirect(
                "HTTPS", "www.#{host}", "443", "/new/#{path}", "#{query}&from=lb", 301)));

    HttpResponse<String> answer = lb.get(port, "/a/b?c=d");

    assertThat(answer.statusCode()).isEqualTo(301);
    assertThat(answer.headers().firstValue("location"))
        .contains("https://www.127.0.0.1:443/new/a/b?c=d&from=lb");
  }

  @Test
  void fixedResponsesComeFromTheBalancer() throws Exception {
    listen(
        Map.of(),
        Rule.byDefault("d", new Action.FixedResponse(418, "application/json", "{\"a\":1}")));

    HttpResponse<String> answer = lb.post(port, "/", "ignored");

    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.body()).isEqualTo("{\"a\":1}");
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
  }

  @Test
  void rewritesChangeWhatTheTargetSees() throws Exception {
    CompletableFuture<String> host = new CompletableFuture<>();
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              host.complete(request.getHeader("Host"));
              request.response().end(request.uri());
            });
    group("g", Map.of(), a);
    listen(
        Map.of("routing.http.preserve_host_header.enabled", "true"),
        new Rule(
            "r",
            1,
            List.of(),
            forward("g"),
            List.of(
                new Rule.Rewrite(false, "^/v1/(.*)$", "/v2/$1"),
                new Rule.Rewrite(true, "^127\\.(.*)$", "inner.$1"))));

    assertThat(lb.get(port, "/v1/x?y=1").body()).isEqualTo("/v2/x?y=1");
    assertThat(host.get(10, TimeUnit.SECONDS)).isEqualTo("inner.0.0.1");
  }

  @Test
  void weightsShareRequestsAndZeroGetsNone() throws Exception {
    Backend heavy = Backend.named(lb.vertx, "heavy");
    Backend light = Backend.named(lb.vertx, "light");
    Backend off = Backend.named(lb.vertx, "off");
    group("heavy", Map.of(), heavy);
    group("light", Map.of(), light);
    group("off", Map.of(), off);
    listen(
        Map.of(),
        Rule.byDefault(
            "d",
            new Action.Forward(
                List.of(
                    new Action.WeightedGroup("heavy", 90),
                    new Action.WeightedGroup("light", 10),
                    new Action.WeightedGroup("off", 0)),
                Duration.ZERO)));

    for (int i = 0; i < 400; i++) {
      lb.get(port, "/");
    }

    assertThat(off.asked).isEmpty();
    assertThat(light.asked).hasSizeBetween(10, 90);
    assertThat(heavy.asked.size() + light.asked.size()).isEqualTo(400);
  }

  @Test
  void aClientStaysWithItsGroupAndItsTarget() throws Exception {
    Map<String, String> sticky =
        Map.of("stickiness.enabled", "true", "stickiness.type", "lb_cookie");
    group("a", sticky, Backend.named(lb.vertx, "a1"), Backend.named(lb.vertx, "a2"));
    group("b", sticky, Backend.named(lb.vertx, "b1"), Backend.named(lb.vertx, "b2"));
    listen(
        Map.of(),
        Rule.byDefault(
            "d",
            new Action.Forward(
                List.of(new Action.WeightedGroup("a", 1), new Action.WeightedGroup("b", 1)),
                Duration.ofMinutes(5))));

    for (int client = 0; client < 5; client++) {
      HttpResponse<String> first = lb.get(port, "/");
      List<String> cookies =
          first.headers().allValues("set-cookie").stream().map(c -> c.split(";")[0]).toList();
      assertThat(cookies.stream().map(c -> c.split("=")[0]))
          .containsExactlyInAnyOrder("AWSALB", "AWSALBCORS", "AWSALBTG", "AWSALBTGCORS");
      for (int i = 0; i < 6; i++) {
        assertThat(with("Cookie", String.join("; ", cookies)).body()).isEqualTo(first.body());
      }
    }
  }

  @Test
  void anApplicationsCookieKeepsAClientWithItsTarget() throws Exception {
    List<Backend> backends = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      backends.add(
          Backend.answering(
              lb.vertx,
              name,
              request -> request.response().putHeader("Set-Cookie", "SESSION=1").end(name)));
    }
    group(
        "g",
        Map.of(
            "stickiness.enabled", "true",
            "stickiness.type", "app_cookie",
            "stickiness.app_cookie.cookie_name", "SESSION"),
        backends.toArray(Backend[]::new));
    listen(Map.of(), Rule.byDefault("d", forward("g")));

    HttpResponse<String> first = lb.get(port, "/");
    String cookies =
        String.join(
            "; ",
            first.headers().allValues("set-cookie").stream().map(c -> c.split(";")[0]).toList());

    assertThat(cookies).contains("AWSALBAPP-0=");
    for (int i = 0; i < 6; i++) {
      assertThat(with("Cookie", cookies).body()).isEqualTo(first.body());
    }
  }

  @Test
  void theLeastBusyTargetIsAsked() throws Exception {
    CompletableFuture<Runnable> held = new CompletableFuture<>();
    Backend busy =
        Backend.answering(
            lb.vertx,
            "busy",
            request -> {
              if (!held.complete(() -> request.response().end("late"))) {
                request.response().end("busy");
              }
            });
    Backend free = Backend.named(lb.vertx, "free");
    group("g", Map.of("load_balancing.algorithm.type", "least_outstanding_requests"), busy, free);
    listen(Map.of(), Rule.byDefault("d", forward("g")));
    CompletableFuture<Integer> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                int code = 0;
                while (!held.isDone()) {
                  code = lb.get(port, "/hold").statusCode();
                }
                return code;
              } catch (java.io.IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Runnable end = held.get(10, TimeUnit.SECONDS);

    for (int i = 0; i < 20; i++) {
      assertThat(lb.get(port, "/").body()).isEqualTo("free");
    }
    lb.vertx.runOnContext(v -> end.run());
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void weightedRandomReachesEveryTarget() throws Exception {
    group(
        "g",
        Map.of("load_balancing.algorithm.type", "weighted_random"),
        Backend.named(lb.vertx, "a"),
        Backend.named(lb.vertx, "b"),
        Backend.named(lb.vertx, "c"));
    listen(Map.of(), Rule.byDefault("d", forward("g")));
    Set<String> seen = new TreeSet<>();

    for (int i = 0; i < 100; i++) {
      seen.add(lb.get(port, "/").body());
    }

    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void forwardedForIsPreservedOrRemovedAsAsked() throws Exception {
    Backend a = showing("X-Forwarded-For");
    group("g", Map.of(), a);

    listen(
        Map.of("routing.http.xff_header_processing.mode", "preserve"),
        Rule.byDefault("d", forward("g")));
    assertThat(with("X-Forwarded-For", "9.9.9.9").body()).isEqualTo("9.9.9.9");
    listen(
        Map.of("routing.http.xff_header_processing.mode", "remove"),
        Rule.byDefault("d", forward("g")));
    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> with("X-Forwarded-For", "9.9.9.9").body().equals("null"));
    listen(
        Map.of("routing.http.xff_client_port.enabled", "true"), Rule.byDefault("d", forward("g")));
    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(
            () -> with("X-Forwarded-For", "9.9.9.9").body().matches("9.9.9.9, 127.0.0.1:[0-9]+"));
  }

  @Test
  void traceIdsAreMadeAndExtended() throws Exception {
    group("g", Map.of(), showing("X-Amzn-Trace-Id"));
    listen(Map.of(), Rule.byDefault("d", forward("g")));

    assertThat(lb.get(port, "/").body()).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
    assertThat(with("X-Amzn-Trace-Id", "Root=1-5-6").body())
        .matches("Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-5-6");
    assertThat(with("X-Amzn-Trace-Id", "Self=1-2-3;Root=1-5-6;From=app").body())
        .as("one Self, however many balancers there were")
        .matches("Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-5-6;From=app");
  }

  @Test
  void headerNamesThatArentPlainAreDroppedWhenAsked() throws Exception {
    group("g", Map.of(), showing("X_Under"));
    listen(Map.of(), Rule.byDefault("d", forward("g")));
    assertThat(with("X_Under", "1").body()).isEqualTo("1");

    listen(
        Map.of("routing.http.drop_invalid_header_fields.enabled", "true"),
        Rule.byDefault("d", forward("g")));

    await().atMost(ProxyFixture.AT_MOST).until(() -> with("X_Under", "1").body().equals("null"));
  }

  @Test
  void answersGetTheHeadersOfTheListener() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx, "a", request -> request.response().putHeader("Server", "own").end());
    group("g", Map.of(), a);
    lb.listen(
        listener(
            Map.of(),
            ListenerSettings.of(
                Map.of(
                    "routing.http.response.server.enabled", "false",
                    "routing.http.response.x_frame_options.header_value", "DENY")),
            Rule.byDefault("d", forward("g"))));

    HttpResponse<String> answer = lb.get(port, "/");

    assertThat(answer.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(answer.headers().firstValue("server")).isEmpty();
  }

  @Test
  void severalBalancersShareAPortByTheirNames() throws Exception {
    group("one", Map.of(), Backend.named(lb.vertx, "one"));
    group("two", Map.of(), Backend.named(lb.vertx, "two"));
    group("three", Map.of(), Backend.named(lb.vertx, "three"));
    lb.share(
        port,
        named("one", Rule.byDefault("d", forward("one"))),
        named("two", Rule.byDefault("d", forward("two"))),
        named(
            "three",
            rule(
                1,
                new Condition.HostHeader(List.of("*.three.example"), List.of()),
                forward("three")),
            Rule.byDefault("d", forward("three"))));

    assertThat(rawGet("two.localhost")).endsWith("two");
    assertThat(rawGet("one.localhost:" + port)).endsWith("one");
    assertThat(rawGet("www.three.example")).endsWith("three");
    assertThat(rawGet("unknown.example")).as("the oldest one").endsWith("one");
  }

  @Test
  void theStrictestModeRefusesWhatIsAmbiguous() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    group("g", Map.of(), a);
    String bodyOfGet = "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nz";

    listen(Map.of(), Rule.byDefault("d", forward("g")));
    assertThat(raw(bodyOfGet)).startsWith("HTTP/1.1 200").containsIgnoringCase("connection: close");
    listen(
        Map.of("routing.http.desync_mitigation_mode", "strictest"),
        Rule.byDefault("d", forward("g")));

    await()
        .atMost(ProxyFixture.AT_MOST)
        .untilAsserted(() -> assertThat(raw(bodyOfGet)).startsWith("HTTP/1.1 400"));
    listen(
        Map.of("routing.http.desync_mitigation_mode", "monitor"),
        Rule.byDefault("d", forward("g")));
    await()
        .atMost(ProxyFixture.AT_MOST)
        .untilAsserted(
            () ->
                assertThat(
                        raw(bodyOfGet + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .contains("HTTP/1.1 200")
                    .matches("(?s).*HTTP/1.1 200.*HTTP/1.1 200.*"));
  }

  @Test
  void aNewTargetGetsItsShareSlowly() throws Exception {
    Backend old = Backend.named(lb.vertx, "old");
    Backend fresh = Backend.named(lb.vertx, "fresh");
    group("g", Map.of("slow_start.duration_seconds", "900"), old);
    listen(Map.of(), Rule.byDefault("d", forward("g")));
    TargetGroup slow = group("g", Map.of("slow_start.duration_seconds", "900"));

    lb.plane.route(
        new RoutingTable(
            RoutingTable.ports(
                List.of(
                    listener(
                        Map.of(), ListenerSettings.DEFAULT, Rule.byDefault("d", forward("g"))))),
            Map.of(
                "g",
                new RoutingTable.Group(
                    slow,
                    List.of(
                        new RoutingTable.Routed(ProxyFixture.target("g", old), Instant.EPOCH),
                        new RoutingTable.Routed(
                            ProxyFixture.target("g", fresh), Instant.now()))))));
    for (int i = 0; i < 200; i++) {
      assertThat(lb.get(port, "/").statusCode()).isEqualTo(200);
    }

    assertThat(fresh.asked.size()).isLessThan(30);
    assertThat(old.asked.size()).isGreaterThan(170);
  }

  @Test
  void aTargetThatFailsMoreThanTheOthersIsPassedOver() throws Exception {
    Backend bad =
        Backend.answering(lb.vertx, "bad", request -> request.response().setStatusCode(500).end());
    Map<String, String> mitigated =
        Map.of(
            "load_balancing.algorithm.type", "weighted_random",
            "load_balancing.algorithm.anomaly_mitigation", "on");
    group("g", mitigated, bad, Backend.named(lb.vertx, "a"), Backend.named(lb.vertx, "b"));
    listen(Map.of(), Rule.byDefault("d", forward("g")));

    for (int i = 0; i < 400; i++) {
      lb.get(port, "/");
    }

    assertThat(bad.asked.size()).isBetween(20, 100);
  }

  @Test
  void anOldConnectionIsClosedWithItsNextAnswer() throws Exception {
    group("g", Map.of(), Backend.named(lb.vertx, "a"));
    listen(Map.of("client_keep_alive.seconds", "1"), Rule.byDefault("d", forward("g")));

    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> lb.get(port, "/").headers().firstValue("connection").isPresent());
  }

  @Test
  void accessLogsHaveAlbsFields() throws Exception {
    group("g", Map.of(), Backend.named(lb.vertx, "a"));
    listen(
        Map.of("access_logs.s3.enabled", "true", "access_logs.s3.bucket", "logs"),
        Rule.byDefault("d", forward("g")));

    lb.get(port, "/log-me?x=1");

    await()
        .atMost(ProxyFixture.AT_MOST)
        .untilAsserted(
            () -> {
              try (var files = Files.walk(folder)) {
                List<String> lines = new ArrayList<>();
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                  lines.addAll(Files.readAllLines(file));
                }
                assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith("http 20")
                    .contains(" 200 200 ")
                    .contains("\"GET http://127.0.0.1:" + port + "/log-me?x=1 HTTP/1.1\"")
                    .contains("\"forward\"")
                    .doesNotContain("Severe");
              }
            });
  }

  private Backend showing(String header) throws Exception {
    return Backend.answering(
        lb.vertx, "a", request -> request.response().end("" + request.getHeader(header)));
  }

  private HttpResponse<String> with(String header, String value) throws Exception {
    return lb.client.send(
        ProxyFixture.request(port, "/").header(header, value).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String rawGet(String host) throws Exception {
    return raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private String raw(String text) throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      return new String(
          socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    }
  }

  private TargetGroup group(String arn, Map<String, String> attributes, Backend... backends) {
    TargetGroup group =
        new TargetGroup(
            arn,
            arn,
            HealthCheck.DEFAULT,
            Duration.ZERO,
            Protocol.HTTP,
            ProtocolVersion.HTTP1,
            TargetGroupSettings.of(attributes));
    lb.group(group, backends);
    return group;
  }

  private void listen(Map<String, String> attributes, Rule... rules) {
    lb.listen(listener(attributes, ListenerSettings.DEFAULT, rules));
  }

  private Listener named(String name, Rule... rules) {
    Listener plain = listener(Map.of(), ListenerSettings.DEFAULT, rules);
    return new Listener(
        port,
        "arn:" + name,
        name,
        "arn:lb:" + name,
        name + ".localhost",
        Protocol.HTTP,
        plain.rules(),
        null,
        List.of(),
        List.of(),
        plain.balancer(),
        plain.settings());
  }

  private Listener listener(
      Map<String, String> attributes, ListenerSettings settings, Rule... rules) {
    return new Listener(
        port,
        "arn:l",
        "lb",
        "arn:lb",
        "lb.localhost",
        Protocol.HTTP,
        List.of(rules),
        null,
        List.of(),
        List.of(),
        LoadBalancerSettings.of("application", attributes),
        settings);
  }

  private static Action.Forward forward(String arn) {
    return Action.Forward.to(arn);
  }

  private static Rule rule(int priority, Condition condition, Action action) {
    return new Rule("r" + priority, priority, List.of(condition), action, List.of());
  }
}

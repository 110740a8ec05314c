package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private ProxyFixture lb;

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void withoutATargetTheAnswerIs503() throws Exception {
    lb = new ProxyFixture();
    int port = lb.listen("g");

    assertThat(lb.get(port, "/").statusCode()).isEqualTo(503);
  }

  @Test
  void whenNoTargetCanBeConnectedTheAnswerIs502() throws Exception {
    lb = new ProxyFixture();
    int port = lb.listen("g");
    lb.routeTo(port, "g", List.of(ProxyFixture.target("g", "gone", ProxyFixture.freePort())));

    assertThat(lb.get(port, "/").statusCode()).isEqualTo(502);
    assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(502);
  }

  @Test
  void anAnswerThatIsNoHttpIs502() throws Exception {
    lb = new ProxyFixture();
    try (ServerSocket server = rawServer("what is this\r\n\r\n")) {
      int port = lb.listen("g");
      lb.routeTo(port, "g", List.of(ProxyFixture.target("g", "odd", server.getLocalPort())));

      assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(502);
    }
  }

  @Test
  void aSilentTargetIs504AndIsNotAskedTwice() throws Exception {
    lb =
        new ProxyFixture(
            s -> ProxyFixture.patience(s, Duration.ofMillis(200), s.clientKeepAlive()));
    Backend a = Backend.answering(lb.vertx, "a", request -> {});
    int port = lb.listen("g", a);

    assertThat(lb.get(port, "/").statusCode()).isEqualTo(504);
    assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(504);
    assertThat(a.asked).hasSize(2);
  }

  @Test
  void anyRequestThatCouldNotBeSentGoesToAnotherTarget() throws Exception {
    lb = new ProxyFixture();
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g");
    Target gone = ProxyFixture.target("g", "gone", ProxyFixture.freePort());
    lb.routeTo(port, "g", List.of(gone, ProxyFixture.target("g", a)));

    for (int i = 0; i < 20; i++) {
      assertThat(lb.post(port, "/" + i, "body").statusCode()).isEqualTo(200);
    }

    assertThat(a.asked).hasSize(20);
    assertThat(lb.count("berth.lb.retries")).isGreaterThanOrEqualTo(9);
  }

  @Test
  void idempotentRequestsSurviveATargetThatBreaksOffAndOthersAreNotRepeated() throws Exception {
    // On one loop, since each has turns of its own and a client may come back on either.
    lb = new ProxyFixture(FaultsTest::onOneLoop);
    Backend breaks = Backend.answering(lb.vertx, "breaks", request -> request.connection().close());
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g", breaks, a);

    for (int i = 0; i < 20; i++) {
      assertThat(lb.get(port, "/get-" + i).statusCode()).isEqualTo(200);
      assertThat(put(port, "/put-" + i, "body").statusCode()).isEqualTo(200);
    }
    int failed = 0;
    for (int i = 0; i < 20; i++) {
      failed += lb.post(port, "/post-" + i, "body").statusCode() == 502 ? 1 : 0;
    }

    assertThat(failed).isEqualTo(10);
    assertThat(a.asked.stream().filter(p -> p.startsWith("/post-"))).hasSize(10);
  }

  @Test
  void targetsKilledMidTrafficLoseNoIdempotentRequest() throws Exception {
    lb = new ProxyFixture();
    Backend a = Backend.named(lb.vertx, "a");
    Backend b = Backend.named(lb.vertx, "b");
    Backend c = Backend.named(lb.vertx, "c");
    int port = lb.listen("g", a, b, c);

    Traffic traffic = Traffic.gets(lb, port, 8);
    traffic.awaitAnswers(500);
    b.close();
    traffic.awaitAnswers(1000);
    c.close();
    traffic.awaitAnswers(1500);
    traffic.stop();

    assertThat(traffic.failures()).isEmpty();
    assertThat(traffic.answered()).hasSizeGreaterThanOrEqualTo(1500);
  }

  @Test
  void aBrokenAnswerBreaksTheClientsConnection() throws Exception {
    lb = new ProxyFixture();
    try (ServerSocket server =
        rawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")) {
      int port = lb.listen("g");
      lb.routeTo(port, "g", List.of(ProxyFixture.target("g", "odd", server.getLocalPort())));

      String answer = ForwardingTest.raw(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");

      assertThat(answer).containsIgnoringCase("content-length: 1000").endsWith("only this");
    }
  }

  @Test
  void aClientThatGoesAwayFreesTheTarget() throws Exception {
    lb = new ProxyFixture();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              request.connection().closeHandler(v -> closed.complete(null));
              asked.complete(null);
            });
    int port = lb.listen("g", a);

    try (RawClient client = RawClient.to(port)) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      asked.get(10, TimeUnit.SECONDS);
    }

    closed.get(10, TimeUnit.SECONDS);
    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> lb.registry.get("berth.lb.active.requests").gauge().value() == 0);
  }

  @Test
  void headersThatAreTooLongAre431() throws Exception {
    lb = new ProxyFixture();
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g", a);

    String answer =
        ForwardingTest.raw(
            port, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(17_000) + "\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 431");
    assertThat(a.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        POST + "Content-Length: 4\r\n" + CHUNKED + "\r\n0\r\n\r\n",
        POST + CHUNKED + "Content-Length: 4\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nabcd",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n"
      })
  void requestsThatTwoReadersCouldReadDifferentlyAre400(String request) throws Exception {
    lb = new ProxyFixture();
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g", a);

    assertThat(ForwardingTest.raw(port, request)).matches("(?s)HTTP/1.[01] 400 .*");
    assertThat(a.asked).isEmpty();
  }

  @Test
  void connectionsOverTheLimitAre503() throws Exception {
    lb =
        new ProxyFixture(
            s ->
                new ProxySettings(
                    s.bindAddress(),
                    s.eventLoops(),
                    s.maxHeaderSize(),
                    1,
                    s.maxConnectionsPerTarget(),
                    s.maxAttempts(),
                    s.replayBytes(),
                    s.idle(),
                    s.clientKeepAlive(),
                    s.targetKeepAlive(),
                    s.connect(),
                    s.listenerClose(),
                    s.maxRequestsPerListener(),
                    s.openSsl(),
                    s.epoll(),
                    s.maxConnections()));
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g", a);

    try (RawClient first = RawClient.to(port)) {
      first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(first.read(1)).isEqualTo("H");

      assertThat(ForwardingTest.raw(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
          .startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void aPortThatIsTakenIsNamedAndHadOnceItIsFree() throws Exception {
    lb = new ProxyFixture();
    Backend a = Backend.named(lb.vertx, "a");
    AtomicInteger port = new AtomicInteger();
    int beside = lb.listen("beside", a);
    Traffic traffic = Traffic.gets(lb, beside, 2);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port.set(taken.getLocalPort());
      lb.route(port.get(), "g", a);
      await()
          .atMost(ProxyFixture.AT_MOST)
          .untilAsserted(() -> assertThat(lb.plane.portFailures()).containsKey("" + port.get()));
    }

    await().atMost(ProxyFixture.AT_MOST).until(() -> lb.plane.isOpen(port.get()));
    assertThat(lb.get(port.get(), "/").body()).isEqualTo("a");
    assertThat(lb.plane.portFailures()).isEmpty();
    traffic.stop();
    assertThat(traffic.failures()).as("the listener beside it").isEmpty();
    assertThat(traffic.answered()).isNotEmpty();
  }

  private static ProxySettings onOneLoop(ProxySettings s) {
    return new ProxySettings(
        s.bindAddress(),
        1,
        s.maxHeaderSize(),
        s.maxConnectionsPerListener(),
        s.maxConnectionsPerTarget(),
        s.maxAttempts(),
        s.replayBytes(),
        s.idle(),
        s.clientKeepAlive(),
        s.targetKeepAlive(),
        s.connect(),
        s.listenerClose(),
        s.maxRequestsPerListener(),
        s.openSsl(),
        s.epoll(),
        s.maxConnections());
  }

  private HttpResponse<String> put(int port, String path, String body)
      throws IOException, InterruptedException {
    return lb.client.send(
        ProxyFixture.request(port, path).PUT(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Answers every connection with the same bytes, and closes it. */
  private static ServerSocket rawServer(String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  if (socket.getInputStream().read(new byte[10_000]) > 0) {
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                  }
                } catch (IOException e) {
                  return;
                }
              }
            });
    return server;
  }
}

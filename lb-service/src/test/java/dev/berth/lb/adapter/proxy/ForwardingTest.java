package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwardingTest {
  private ProxyFixture lb;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture();
  }

  @AfterEach
  void stop() throws Exception {
    lb.close();
  }

  @Test
  void requestsTakeTurnsAndConnectionsAreKept() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    Backend b = Backend.named(lb.vertx, "b");
    int port = lb.listen("g", a, b);

    for (int i = 0; i < 100; i++) {
      assertThat(lb.get(port, "/" + i).statusCode()).isEqualTo(200);
    }

    assertThat(a.asked).hasSize(50);
    assertThat(b.asked).hasSize(50);
    // One connection per loop and target at most: one client asks one after the other.
    assertThat(a.connections.get() + b.connections.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void theTargetHearsWhoAskedAndNothingOfTheHop() throws Exception {
    CompletableFuture<Map<String, List<String>>> seen = new CompletableFuture<>();
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              Map<String, List<String>> headers =
                  new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
              request.headers().names().forEach(n -> headers.put(n, request.headers().getAll(n)));
              seen.complete(headers);
              request.response().putHeader("Keep-Alive", "timeout=9").putHeader("X-Own", "1").end();
            });
    int port = lb.listen("g", a);

    String answer =
        raw(
            port,
            String.join(
                "\r\n",
                "GET /x?y=1 HTTP/1.1",
                "Host: shop.example",
                "X-Forwarded-For: 10.1.1.1",
                "X-Forwarded-Proto: https",
                "Connection: close, X-Hop",
                "X-Hop: 1",
                "TE: trailers",
                "Keep-Alive: 5",
                "Proxy-Connection: x",
                "X-Stay: 1",
                "",
                ""));

    Map<String, List<String>> headers = seen.get(10, TimeUnit.SECONDS);
    assertThat(headers).containsEntry("Host", List.of("shop.example:" + port));
    assertThat(headers).containsEntry("X-Forwarded-For", List.of("10.1.1.1, 127.0.0.1"));
    assertThat(headers).containsEntry("X-Forwarded-Proto", List.of("http"));
    assertThat(headers).containsEntry("X-Forwarded-Port", List.of(Integer.toString(port)));
    assertThat(headers).containsEntry("X-Stay", List.of("1"));
    assertThat(headers).doesNotContainKeys("X-Hop", "TE", "Keep-Alive", "Proxy-Connection");
    assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("x-own: 1");
    assertThat(answer).doesNotContain("timeout=9");
  }

  @Test
  void aBodyOf100MegabytesFlowsThroughWithoutBeingHeld() throws Exception {
    long size = 100L * 1024 * 1024;
    AtomicLong arrived = new AtomicLong();
    CompletableFuture<Runnable> paused = new CompletableFuture<>();
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              request.handler(chunk -> arrived.addAndGet(chunk.length()));
              request.endHandler(v -> request.response().end("" + arrived.get()));
              // The target stops reading: what the client may still send is what buffers hold.
              request.pause();
              paused.complete(request::resume);
            });
    int port = lb.listen("g", a);
    AtomicLong given = new AtomicLong();

    CompletableFuture<HttpResponse<String>> answer =
        lb.client.sendAsync(
            ProxyFixture.request(port, "/upload")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(size, given)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Runnable resume = paused.get(10, TimeUnit.SECONDS);
    AtomicLong before = new AtomicLong(-1);
    await()
        .atMost(ProxyFixture.AT_MOST)
        .pollInterval(Duration.ofMillis(300))
        .until(() -> before.getAndSet(given.get()) == given.get());
    long held = given.get();
    lb.vertx.runOnContext(v -> resume.run());

    assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("" + size);
    assertThat(held).as("bytes taken while the target read nothing").isLessThan(size / 4);
  }

  @Test
  void aLongAnswerStreams() throws Exception {
    int chunks = 2000;
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              request.response().setChunked(true);
              for (int i = 0; i < chunks; i++) {
                request.response().write(Buffer.buffer(new byte[10_000]));
              }
              request.response().end();
            });
    int port = lb.listen("g", a);

    HttpResponse<byte[]> answer =
        lb.client.send(
            ProxyFixture.request(port, "/").build(), HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.body()).hasSize(chunks * 10_000);
  }

  @Test
  void answersWithoutContentKeepTheirHeaders() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request -> {
              if (request.method().equals(HttpMethod.HEAD)) {
                request.response().putHeader("content-length", "12345").end();
              } else {
                request.response().setStatusCode(304).putHeader("etag", "\"1\"").end();
              }
            });
    int port = lb.listen("g", a);

    HttpResponse<String> head =
        lb.client.send(
            ProxyFixture.request(port, "/")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> notModified = lb.get(port, "/");

    assertThat(head.headers().firstValue("content-length")).contains("12345");
    assertThat(notModified.statusCode()).isEqualTo(304);
    assertThat(notModified.headers().firstValue("etag")).contains("\"1\"");
  }

  @Test
  void webSocketsPassBothWays() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx,
            "a",
            request ->
                request
                    .toWebSocket()
                    .onSuccess(ws -> ws.textMessageHandler(t -> ws.writeTextMessage("echo " + t))));
    int port = lb.listen("g", a);
    List<String> heard = new ArrayList<>();

    lb.vertx
        .createWebSocketClient()
        .connect(new WebSocketConnectOptions().setPort(port).setHost("127.0.0.1").setURI("/ws"))
        .onSuccess(
            ws -> {
              ws.textMessageHandler(
                  text -> {
                    synchronized (heard) {
                      heard.add(text);
                    }
                    if (text.equals("echo one")) {
                      ws.writeTextMessage("two");
                    } else {
                      ws.close();
                    }
                  });
              ws.writeTextMessage("one");
            });

    await()
        .atMost(ProxyFixture.AT_MOST)
        .untilAsserted(() -> assertThat(heard).containsExactly("echo one", "echo two"));
    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> lb.registry.get("berth.lb.active.requests").gauge().value() == 0);
  }

  @Test
  void anOldClientIsAnsweredUntilTheConnectionCloses() throws Exception {
    Backend a =
        Backend.answering(
            lb.vertx, "a", request -> request.response().setChunked(true).end("streamed"));
    int port = lb.listen("g", a);

    String answer = raw(port, "GET / HTTP/1.0\r\n\r\n");

    assertThat(answer).contains("200").endsWith("streamed");
    assertThat(answer).doesNotContainIgnoringCase("chunked");
  }

  /** Sends bytes and reads until the other end closes. */
  static String raw(int port, String request) throws IOException {
    try (RawClient client = RawClient.to(port)) {
      client.send(request);
      return client.readAll();
    }
  }

  /** So many zeros, counted as they are taken. */
  private static final class Zeros extends InputStream {
    private long left;
    private final AtomicLong given;

    Zeros(long size, AtomicLong given) {
      this.left = size;
      this.given = given;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      given.incrementAndGet();
      return 0;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      left -= count;
      given.addAndGet(count);
      return count;
    }
  }
}

package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.ProtocolVersion;
import io.vertx.core.http.HttpVersion;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote: curl, h2load, wrk, the JDK's WebSocket. */
class RealClientsTest {
  private static final String NAME = "shop.localhost";
  private static final String ASKED = "%{http_version} %{http_code}";

  @TempDir Path folder;
  private ProxyFixture lb;
  private Backend echo;
  private int http;
  private int https;
  private Path certificate;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture();
    echo =
        Backend.answering(
            lb.vertx,
            "echo",
            request -> {
              assertThat(request.version()).isEqualTo(HttpVersion.HTTP_1_1);
              request
                  .body()
                  .onSuccess(
                      body ->
                          request
                              .response()
                              .putHeader("X-Method", request.method().name())
                              .end("echo " + body));
            });
    Certificate shown = Certificates.of(folder, NAME);
    certificate = Files.writeString(folder.resolve("ca.pem"), shown.chain());
    serve(echo, List.of(shown));
  }

  private void serve(Backend target, List<Certificate> certificates) throws Exception {
    http = lb.listen("g", target);
    lb.group(HttpsTest.group(ProtocolVersion.HTTP1), target);
    https = ProxyFixture.freePort();
    lb.listen(HttpsTest.listener(https, certificates, Map.of()));
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  private String curl(String... arguments) {
    Tool.need("curl", "curl");
    List<String> all =
        new ArrayList<>(
            List.of(
                "curl",
                "-sS",
                "--max-time",
                "30",
                "--noproxy",
                "*",
                "--cacert",
                certificate.toString()));
    all.addAll(List.of("--resolve", NAME + ":" + https + ":127.0.0.1"));
    all.addAll(Arrays.asList(arguments));
    Tool.Result result = Tool.run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--http1.0 1.1", "--http1.1 1.1", "--http2-prior-knowledge 2", "--http2 1.1"})
  void curlInTheClear(String way) {
    String[] parts = way.split(" ", 2);

    // --http2 asks for an upgrade, which RFC 9113 has given up: it stays with HTTP/1.1.
    assertThat(curl(parts[0], "-d", "hello", "-w", "|" + ASKED, "http://127.0.0.1:" + http + "/a"))
        .isEqualTo("echo hello|" + parts[1] + " 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1 1.1", "--http2 2"})
  void curlOverTls(String way) {
    String[] parts = way.split(" ", 2);
    for (String tls : List.of("1.2", "1.3")) {
      assertThat(
              curl(
                  parts[0],
                  "--tlsv" + tls,
                  "--tls-max",
                  tls,
                  "-d",
                  "hello",
                  "-w",
                  "|" + ASKED,
                  "https://" + NAME + ":" + https + "/a"))
          .isEqualTo("echo hello|" + parts[1] + " 200");
    }
  }

  @Test
  void curlSendsOldTlsAway() {
    Tool.need("curl", "curl");

    Tool.Result refused =
        Tool.run("curl", "-sS", "-k", "--tls-max", "1.1", "https://127.0.0.1:" + https + "/");

    assertThat(refused.exitCode()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
  void curlUploadsAMegabyteAfterBeingToldToGoOn(String version) throws Exception {
    byte[] content = new byte[1_000_000];
    Arrays.fill(content, (byte) 'x');
    Path file = Files.write(folder.resolve("upload"), content);

    String answer =
        curl(
            version,
            "-H",
            "Expect: 100-continue",
            "-T",
            file.toString(),
            "-w",
            "|%{size_upload} %{http_code}",
            "http://127.0.0.1:" + http + "/");

    assertThat(answer).endsWith("|1000000 200").hasSizeGreaterThan(1_000_000);
  }

  @Test
  void curlAsksForManyOnOneConnection() {
    String answers =
        curl("--http1.1", "-w", "|%{num_connects}\n", "http://127.0.0.1:" + http + "/[1-5]");

    assertThat(answers.lines())
        .containsExactly("echo |1", "echo |0", "echo |0", "echo |0", "echo |0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
  void eventsComeAsTheyAreSent(String version) throws Exception {
    Tool.need("curl", "curl");
    CompletableFuture<io.vertx.core.http.HttpServerResponse> response = new CompletableFuture<>();
    Backend events =
        Backend.answering(
            lb.vertx,
            "events",
            request -> {
              request
                  .response()
                  .setChunked(true)
                  .putHeader("Content-Type", "text/event-stream")
                  .write("data: 0\n\n");
              response.complete(request.response());
            });
    int port = lb.listen("events", events);

    Process curl =
        new ProcessBuilder("curl", "-sN", "--max-time", "30", version, "http://127.0.0.1:" + port)
            .start();
    try (BufferedReader read =
        new BufferedReader(new InputStreamReader(curl.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 5; i++) {
        // Each event is there before the next one is sent.
        assertThat(read.readLine()).isEqualTo("data: " + i);
        assertThat(read.readLine()).isEmpty();
        int next = i + 1;
        var to = response.get(10, TimeUnit.SECONDS);
        lb.vertx.runOnContext(
            v -> {
              if (next < 5) {
                to.write("data: " + next + "\n\n");
              } else {
                to.end();
              }
            });
      }
      assertThat(read.readLine()).isNull();
      assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(curl.exitValue()).isZero();
    } finally {
      curl.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--h1 http", "-m10 https", "-m10 http"})
  void h2loadLosesNothing(String way) throws Exception {
    Tool.need("h2load", "nghttp2-client");
    String[] parts = way.split(" ", 2);
    String url =
        parts[1].equals("http") ? "http://127.0.0.1:" + http : "https://127.0.0.1:" + https;

    Tool.Result result = Tool.run("h2load", "-n", "2000", "-c", "20", parts[0], url + "/");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).contains("2000 succeeded, 0 failed, 0 errored, 0 timeout");
    assertThat(echo.asked).hasSize(2000);
  }

  @Test
  void wrkLosesNothing() {
    Tool.need("wrk", "wrk");

    Tool.Result result = Tool.run("wrk", "-t1", "-c20", "-d1s", "http://127.0.0.1:" + http + "/");

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output()).doesNotContain("Non-2xx").doesNotContain("Socket errors");
    Matcher requests = Pattern.compile("(\\d+) requests in").matcher(result.output());
    assertThat(requests.find()).isTrue();
    assertThat(Integer.parseInt(requests.group(1))).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws", "wss"})
  void aWebSocketTalksBothWays(String scheme) throws Exception {
    Backend talks =
        Backend.answering(
            lb.vertx,
            "talks",
            request ->
                request
                    .toWebSocket()
                    .onSuccess(
                        socket -> {
                          socket.textMessageHandler(
                              text -> socket.writeTextMessage("echo " + text));
                          socket.binaryMessageHandler(socket::writeBinaryMessage);
                        }));
    serve(talks, List.of(Certificates.of(folder, NAME)));
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(
        null,
        io.netty.handler.ssl.util.InsecureTrustManagerFactory.INSTANCE.getTrustManagers(),
        null);
    javax.net.ssl.SSLParameters anyName = new javax.net.ssl.SSLParameters();

    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trusting).sslParameters(anyName).build()) {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .subprotocols("chat")
              .buildAsync(
                  URI.create(scheme + "://localhost:" + (scheme.equals("ws") ? http : https) + "/"),
                  new Ear(heard))
              .get(10, TimeUnit.SECONDS);
      socket.sendText("one", true).get(10, TimeUnit.SECONDS);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("echo one");
      socket.sendBinary(ByteBuffer.wrap(new byte[50_000]), true).get(10, TimeUnit.SECONDS);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("50000 bytes");
      socket.sendPing(ByteBuffer.wrap(new byte[] {1})).get(10, TimeUnit.SECONDS);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("pong");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
    }
  }

  private static final class Ear implements WebSocket.Listener {
    private final LinkedBlockingQueue<String> heard;
    private int bytes;

    Ear(LinkedBlockingQueue<String> heard) {
      this.heard = heard;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      heard.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      bytes += part.remaining();
      if (last) {
        heard.add(bytes + " bytes");
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      heard.add("pong");
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed " + code);
      return null;
    }
  }
}

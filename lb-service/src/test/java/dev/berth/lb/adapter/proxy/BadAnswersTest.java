package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets whose answers are none, or two: no client ever gets what wasn't meant for it. */
class BadAnswersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static ProxyFixture lb;
  private OddTarget target;
  private int port;

  /** What a target sends for each request, and whether it ends the connection then. */
  record Answer(String name, String bytes, boolean closes) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Answers what it is told to, whatever it is asked. */
  private static final class OddTarget implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile Answer answer = new Answer("", "", true);

    OddTarget() throws IOException {
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      while (!server.isClosed()) {
        try {
          Socket socket = server.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        } catch (IOException e) {
          // Closed: the test is over.
          return;
        }
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        byte[] request = new byte[20_000];
        while (socket.getInputStream().read(request) > 0) {
          socket.getOutputStream().write(answer.bytes().getBytes(StandardCharsets.ISO_8859_1));
          if (answer.closes()) {
            return;
          }
        }
      } catch (IOException e) {
        // The balancer has had enough of it.
        return;
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  @BeforeAll
  static void start() {
    lb = new ProxyFixture();
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  @BeforeEach
  void listen() throws Exception {
    target = new OddTarget();
    port = lb.listen("odd");
    lb.routeTo(
        port, "odd", List.of(ProxyFixture.target("odd", "t" + port, target.server.getLocalPort())));
  }

  @AfterEach
  void end() throws Exception {
    lb.remove(port);
    target.close();
  }

  static Stream<Answer> noAnswers() {
    return Stream.of(
        new Answer("nothing", "", true),
        new Answer("no HTTP", "what is this\r\n\r\n", true),
        new Answer("SSH", "SSH-2.0-OpenSSH_9.2\r\n", true),
        new Answer("TLS", "\u0015\u0003\u0003\u0000\u0002\u0002P", true),
        new Answer("HTTP/2", "\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000", true),
        new Answer("half a status line", "HTTP/1.1 20", true),
        new Answer("half a head", OK + "Content-Le", true),
        new Answer("a code that is none", "HTTP/1.1 20x OK\r\nContent-Length: 0\r\n\r\n", true),
        new Answer("two lengths", OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nok!", true),
        new Answer("a length that is none", OK + "Content-Length: two\r\n\r\nok", true),
        new Answer("a negative length", OK + "Content-Length: -2\r\n\r\nok", true),
        new Answer("NUL in a header", OK + "X-A: \u0000\r\nContent-Length: 0\r\n\r\n", true),
        new Answer("CR in a header", OK + "X-A: 1\rX-B: 2\r\nContent-Length: 0\r\n\r\n", true),
        new Answer("a head without an end", OK + "X-A: " + "x".repeat(70_000), true),
        new Answer(
            "chunks and a length",
            OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            false),
        new Answer("lines ended by LF", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", false),
        new Answer("only interim answers", "HTTP/1.1 100 Continue\r\n\r\n".repeat(9), true),
        new Answer(
            "a protocol nobody asked for",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nHTTP/1.1 200"
                + " OK\r\nContent-Length: 2\r\n\r\nno",
            false));
  }

  @ParameterizedTest
  @MethodSource
  void noAnswers(Answer answer) throws Exception {
    target.answer = answer;

    assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(502);
  }

  static Stream<Answer> halfAnswers() {
    return Stream.of(
        new Answer("half a body", OK + "Content-Length: 9\r\n\r\nok", true),
        new Answer("half a chunk", OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nok", true),
        new Answer("no last chunk", OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", true),
        new Answer(
            "a broken chunk", OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\nx\r\n", true));
  }

  /** The client has to see that it isn't all. */
  @ParameterizedTest
  @MethodSource
  void halfAnswers(Answer answer) throws Exception {
    target.answer = answer;

    String all =
        ForwardingTest.raw(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");

    // Nothing at all, where the break came in the same moment as the beginning.
    assertThat(all).matches("(?s)(HTTP/1.1 200.*)?").doesNotContain("\r\n0\r\n\r\n");
    assertThat(all.indexOf("HTTP/1.1", 1)).isNegative();
  }

  static Stream<Answer> wholeAnswers() {
    return Stream.of(
        new Answer("a length", OK + "Content-Length: 2\r\n\r\nok", false),
        new Answer("to the end", OK + "\r\nok", true),
        new Answer("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nok", true),
        new Answer("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", false),
        new Answer(
            "an interim answer before",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + "Content-Length: 2\r\n\r\nok",
            false));
  }

  /** However it was framed: the client gets one framing, and can go on with its connection. */
  @ParameterizedTest
  @MethodSource
  void wholeAnswers(Answer answer) throws Exception {
    target.answer = answer;

    String all =
        ForwardingTest.raw(
            port,
            "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(all.split("HTTP/1.1 200", -1)).hasSize(3);
    assertThat(all.split("ok", -1).length).isGreaterThanOrEqualTo(3);
    for (String one : all.split("(?=HTTP/1.1 200)")) {
      boolean length = one.toLowerCase(java.util.Locale.ROOT).contains("content-length:");
      boolean chunked = one.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding:");
      assertThat(length).as(one).isNotEqualTo(chunked);
    }
  }

  static Stream<Answer> answersWithMore() {
    String poison = OK + "Content-Length: 6\r\n\r\npoison";
    return Stream.of(
        new Answer("a second answer", OK + "Content-Length: 2\r\n\r\nok" + poison, false),
        new Answer("bytes after it", OK + "Content-Length: 2\r\n\r\nokpoison", false),
        new Answer("content of 204", "HTTP/1.1 204 No Content\r\n\r\n" + poison, false),
        new Answer("content of 304", "HTTP/1.1 304 Not Modified\r\n\r\n" + poison, false),
        new Answer(
            "after the last chunk",
            OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n" + poison,
            false));
  }

  /** Both requests come in one go, so that the second one waits while the first is answered. */
  @ParameterizedTest
  @MethodSource
  void answersWithMore(Answer answer) throws Exception {
    target.answer = answer;

    String all =
        ForwardingTest.raw(
            port,
            "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(all.split("HTTP/1.1 (200|204|304)", -1)).hasSize(3);
    assertThat(all).doesNotContain("poison");
  }

  @Test
  void aTargetThatResetsConnectionsDisturbsNoOtherListener() throws Exception {
    Backend good = Backend.named(lb.vertx, "good");
    int other = lb.listen("good", good);
    target.answer = new Answer("nothing", "", true);

    for (int i = 0; i < 20; i++) {
      assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(502);
      assertThat(lb.get(other, "/").body()).isEqualTo("good");
    }

    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(
            () ->
                lb.registry.get("berth.lb.active.requests").gauges().isEmpty()
                    || lb.registry.get("berth.lb.active.requests").gauge().value() == 0);
  }
}

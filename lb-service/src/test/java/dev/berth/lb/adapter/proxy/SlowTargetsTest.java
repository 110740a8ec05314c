package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets that are late, hang, reset or stop halfway; those that answer nonsense are elsewhere. */
class SlowTargetsTest {
  private static final Duration IDLE = Duration.ofMillis(1500);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final long MEGABYTE = 1024 * 1024;

  private static ProxyFixture lb;
  private final CountDownLatch over = new CountDownLatch(1);
  private ServerSocket server;
  private volatile Slow behaviour;
  private int port;

  /** What a target does when its request has come, or doesn't do. */
  enum End {
    HANGS,
    RESETS,
    CLOSES
  }

  /**
   * What a target sends, and how it goes on.
   *
   * @param pauseMillis between its bytes; 0 for all at once
   * @param code what the client gets; 200 for an answer that breaks off
   */
  record Slow(String name, String sends, int pauseMillis, End end, int code) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    lb = new ProxyFixture(s -> ProxyFixture.patience(s, IDLE, s.clientKeepAlive()));
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  @BeforeEach
  void listen() throws Exception {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = lb.listen("slow");
    lb.routeTo(
        port, "slow", List.of(ProxyFixture.target("slow", "t" + port, server.getLocalPort())));
  }

  @AfterEach
  void end() throws Exception {
    over.countDown();
    lb.remove(port);
    server.close();
  }

  static Stream<Slow> slow() {
    return Stream.of(
        new Slow("hangs", "", 0, End.HANGS, 504),
        new Slow("hangs within the status line", "HTTP/1.1 20", 0, End.HANGS, 504),
        new Slow("hangs within its head", OK + "Content-Le", 0, End.HANGS, 504),
        new Slow(
            "a head byte by byte, for too long", OK + "X: " + "y".repeat(99), 20, End.HANGS, 504),
        new Slow("hangs within its body", OK + "Content-Length: 9\r\n\r\nok", 0, End.HANGS, 200),
        new Slow(
            "hangs within a chunk",
            OK + "Transfer-Encoding: chunked\r\n\r\n9\r\nok",
            0,
            End.HANGS,
            200),
        new Slow("resets at once", "", 0, End.RESETS, 502),
        new Slow("resets within its head", OK + "Content-Le", 0, End.RESETS, 502),
        new Slow("closes at once", "", 0, End.CLOSES, 502),
        new Slow("closes within its head", OK + "Content-Le", 0, End.CLOSES, 502));
  }

  /** A POST: nobody tries it again, so that the answer is the one that belongs to the fault. */
  @ParameterizedTest
  @MethodSource
  void slow(Slow target) throws Exception {
    serve(target);
    int beside = lb.listen("beside", Backend.named(lb.vertx, "beside"));

    String answer;
    try (RawClient client = RawClient.to(port)) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
      assertThat(lb.get(beside, "/").body()).isEqualTo("beside");
      answer = client.readAll();
    }

    assertThat(answer).startsWith("HTTP/1.1 " + target.code());
    if (target.code() == 200) {
      // It has begun already: only its end can say that it isn't whole.
      assertThat(answer).doesNotContain("\r\n0\r\n\r\n").contains("ok");
    }
    lb.remove(beside);
  }

  @Test
  void anAnswerThatComesByteByByteIsPassedOnAsLongAsItComes() throws Exception {
    serve(
        new Slow("slow", OK + "Content-Length: 5\r\n\r\n", 0, End.HANGS, 200),
        "abcde",
        IDLE.dividedBy(3).toMillis());

    HttpResponse<String> answer = lb.get(port, "/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("abcde");
  }

  @Test
  void aTargetThatTakesNoConnectionIs504() throws Exception {
    List<Socket> queue = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fill(full, queue);
      lb.routeTo(port, "slow", List.of(ProxyFixture.target("slow", "full", full.getLocalPort())));

      assertThat(lb.post(port, "/", "x").statusCode()).isEqualTo(504);
    } finally {
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  @Test
  void aTargetThatTakesNoBodyHoldsTheClientBackAndIsGivenUp() throws Exception {
    serve(new Slow("reads nothing more", "", 0, End.HANGS, 504));
    long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

    HttpResponse<String> answer =
        lb.client.send(
            ProxyFixture.request(port, "/")
                .header("Expect-Nothing", "1")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        new byte[Math.toIntExact(64 * MEGABYTE)]))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
        .isLessThan(16 * MEGABYTE);
  }

  /** Connects until the queue of what wasn't accepted is full. */
  private static void fill(ServerSocket server, List<Socket> queue) throws IOException {
    while (true) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }

  private void serve(Slow target) {
    serve(target, target.pauseMillis() > 0 ? target.sends() : "", target.pauseMillis());
  }

  private void serve(Slow target, String slowly, long pauseMillis) {
    behaviour = target;
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  Socket socket = server.accept();
                  Thread.ofVirtual().start(() -> answer(socket, slowly, pauseMillis));
                } catch (IOException e) {
                  // Closed: the test is over.
                  return;
                }
              }
            });
  }

  private void answer(Socket socket, String slowly, long pauseMillis) {
    try (socket) {
      if (socket.getInputStream().read(new byte[4096]) < 0) {
        return;
      }
      if (!slowly.equals(behaviour.sends())) {
        socket.getOutputStream().write(behaviour.sends().getBytes(StandardCharsets.ISO_8859_1));
      }
      for (byte next : slowly.getBytes(StandardCharsets.ISO_8859_1)) {
        if (over.await(pauseMillis, TimeUnit.MILLISECONDS)) {
          return;
        }
        socket.getOutputStream().write(next);
      }
      switch (behaviour.end()) {
        case HANGS -> over.await();
        case RESETS -> socket.setSoLinger(true, 0);
        case CLOSES -> socket.shutdownOutput();
      }
    } catch (IOException e) {
      // The balancer has had enough of it.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

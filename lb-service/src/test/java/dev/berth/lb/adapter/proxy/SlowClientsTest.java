package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that take their time: each has a defined end, and none holds what others need. */
class SlowClientsTest {
  private static final Duration IDLE = Duration.ofMillis(600);
  private static final Duration KEEP_ALIVE = Duration.ofMillis(900);
  private static final String HEAD = "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n";
  private static final int CROWD = 200;
  private static final int MEGABYTE = 1024 * 1024;

  private static ProxyFixture lb;
  private static Backend target;
  private static int port;

  /**
   * What a client sends at once, and then a byte at a time.
   *
   * @param answer the beginning of what it gets; nothing for the mere end of its connection
   */
  record Slow(String name, String atOnce, String dribbled, String answer) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    lb = new ProxyFixture(s -> ProxyFixture.patience(s, IDLE, KEEP_ALIVE));
    target = Backend.named(lb.vertx, "a");
    port = lb.listen("g", target);
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  static Stream<Slow> slow() {
    return Stream.of(
        new Slow("nothing at all", "", "", ""),
        new Slow("half a request line", "GET /sl", "", ""),
        new Slow("half a head", HEAD, "", ""),
        new Slow("a head without an end, byte by byte", "GET / HTTP/1.1\r\n", "X-A: b\r\n", ""),
        new Slow("half of HTTP/2's preface", "PRI * HT", "", ""),
        new Slow("HTTP/2's preface and no more", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "", "\0\0"),
        new Slow("no body", HEAD + "\r\n", "", "HTTP/1.1 408"),
        new Slow("half a body", HEAD + "\r\n12345", "", "HTTP/1.1 408"),
        new Slow(
            "half a chunk",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12",
            "",
            "HTTP/1.1 408"),
        new Slow(
            "an answered request and no other",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "",
            "HTTP/1.1 200"));
  }

  @ParameterizedTest
  @MethodSource
  void slow(Slow client) throws Exception {
    try (RawClient raw = RawClient.to(port)) {
      assertThat(raw.send(client.atOnce())).isTrue();
      if (!client.dribbled().isEmpty()) {
        // However long it goes on, it isn't heard for longer than a silent one.
        await()
            .atMost(ProxyFixture.AT_MOST)
            .pollInterval(Duration.ofMillis(40))
            .until(() -> !raw.send(client.dribbled().substring(0, 1)));
      }

      String answer = raw.readAll();

      assertThat(answer).startsWith(client.answer());
      assertThat(answer.isEmpty()).isEqualTo(client.answer().isEmpty());
    }
  }

  @Test
  void aBodyThatComesByteByByteIsServedAsLongAsItComes() throws Exception {
    try (RawClient raw = RawClient.to(port)) {
      raw.send(HEAD + "Connection: close\r\n\r\n");
      AtomicLong sent = new AtomicLong();
      await()
          .atMost(ProxyFixture.AT_MOST)
          .pollInterval(IDLE.dividedBy(4))
          .until(() -> raw.send("x") && sent.incrementAndGet() == 10);

      assertThat(raw.readAll()).startsWith("HTTP/1.1 200").endsWith("a");
    }
  }

  @Test
  void aClientThatDoesntReadIsCutAndItsTargetIsntReadAhead() throws Exception {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    AtomicLong written = new AtomicLong();
    Backend endless =
        Backend.answering(
            lb.vertx,
            "endless",
            request -> {
              Buffer part = Buffer.buffer(new byte[64 * 1024]);
              request.connection().closeHandler(v -> over.complete(true));
              request.response().setChunked(true);
              Runnable more =
                  new Runnable() {
                    @Override
                    public void run() {
                      while (!over.isDone() && !request.response().writeQueueFull()) {
                        written.addAndGet(part.length());
                        request.response().write(part);
                      }
                    }
                  };
              request.response().drainHandler(v -> more.run());
              more.run();
            });
    int slowPort = lb.listen("endless", endless);
    long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();

    try (RawClient raw = RawClient.withSmallBuffer(slowPort)) {
      raw.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      over.get(ProxyFixture.AT_MOST.toSeconds(), TimeUnit.SECONDS);
    }

    // What sockets hold on both sides is the kernel's, and no more than a few megabytes.
    assertThat(written.get()).isLessThan(32L * MEGABYTE);
    assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
        .isLessThan(16L * MEGABYTE);
    lb.remove(slowPort);
  }

  @Test
  void aCrowdOfSlowClientsLeavesTheOthersAlone() throws Exception {
    int beside = lb.listen("beside", target);
    Traffic traffic = Traffic.gets(lb, beside, 2);
    long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    List<RawClient> crowd = new ArrayList<>();

    try {
      for (int i = 0; i < CROWD; i++) {
        RawClient client = RawClient.to(port);
        crowd.add(client);
        client.send(i % 2 == 0 ? HEAD : HEAD + "\r\n123");
      }
      traffic.awaitAnswers(200);
      assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
          .isLessThan(32L * MEGABYTE);
      await().atMost(ProxyFixture.AT_MOST).until(() -> lb.plane.connections(port) == 0);
    } finally {
      for (RawClient client : crowd) {
        client.close();
      }
    }
    traffic.stop();

    assertThat(traffic.failures()).isEmpty();
    lb.remove(beside);
  }

  @Test
  void halfAHandshakeEndsByItselfAndDisturbsNobody() throws IOException {
    int encrypted = ProxyFixture.freePort();
    lb.listen(HttpsTest.listener(encrypted, List.of(), java.util.Map.of()));

    try (RawClient raw = RawClient.to(encrypted)) {
      raw.send("\u0016\u0003\u0001");
      assertThat(raw.readAll()).isEmpty();
    }

    try (RawClient other = RawClient.to(port)) {
      other.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(other.readAll()).startsWith("HTTP/1.1 200");
    }
    lb.remove(encrypted);
  }
}

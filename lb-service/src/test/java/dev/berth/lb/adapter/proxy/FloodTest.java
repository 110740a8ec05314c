package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many more connections than there is room for, from several addresses, at one listener. */
class FloodTest {
  private static final int ROOM = 400;
  private static final int ATTEMPTS = 2000;
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final List<RawClient> held = new ArrayList<>();
  private ProxyFixture lb;
  private int busy;
  private int closed;

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : held) {
      client.close();
    }
    lb.close();
  }

  @Test
  void aFloodIsAnsweredAndTheListenerBesideItGoesOn() throws Exception {
    // Given two listeners, and clients that ask the one beside
    lb = new ProxyFixture(FloodTest::small);
    Backend a = Backend.named(lb.vertx, "a");
    int flooded = lb.listen("g", a);
    int beside = lb.listen("h", a);
    Traffic traffic = Traffic.gets(lb, beside, 4);

    // When one of them is flooded
    for (int i = 0; i < ATTEMPTS; i++) {
      attempt(flooded, i);
    }

    // Then each connection had its answer or its end, and no more is open than may be
    assertThat(held.size() + busy + closed).isEqualTo(ATTEMPTS);
    assertThat(held).hasSizeBetween(ROOM / 2, ROOM * 85 / 100);
    assertThat(lb.registry.get("berth.lb.connections").gauge().value()).isLessThanOrEqualTo(ROOM);

    // And the others are served, also on new connections
    for (int i = 0; i < 10; i++) {
      assertThat(ForwardingTest.raw(beside, close())).startsWith("HTTP/1.1 200");
    }
    traffic.stop();
    assertThat(traffic.failures()).isEmpty();
    assertThat(traffic.answered()).isNotEmpty();

    // And once it is over, the flooded one serves again
    for (RawClient client : held) {
      client.close();
    }
    await().atMost(ProxyFixture.AT_MOST).until(() -> lb.plane.connections(flooded) == 0);
    assertThat(lb.get(flooded, "/").statusCode()).isEqualTo(200);
  }

  @Test
  void connectionsThatSayNothingLeaveRoomForTheListenerBeside() throws Exception {
    lb = new ProxyFixture(FloodTest::small);
    Backend a = Backend.named(lb.vertx, "a");
    int flooded = lb.listen("g", a);
    int beside = lb.listen("h", a);

    for (int i = 0; i < 2 * ROOM; i++) {
      held.add(connect(flooded, i));
    }

    await()
        .atMost(ProxyFixture.AT_MOST)
        .until(() -> lb.plane.connections(flooded) <= ROOM * 90 / 100 + 1);
    assertThat(lb.get(beside, "/").statusCode()).isEqualTo(200);
  }

  private static String close() {
    return "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  private void attempt(int port, int number) throws IOException {
    RawClient client = connect(port, number);
    String answer = client.send(REQUEST) ? client.read(12) : "";
    if (answer.endsWith("200")) {
      held.add(client);
      return;
    }
    busy += answer.endsWith("503") ? 1 : 0;
    closed += answer.isEmpty() ? 1 : 0;
    client.close();
  }

  private static RawClient connect(int port, int number) throws IOException {
    return RawClient.from("127.0.0." + (2 + number % 10), port);
  }

  private static ProxySettings small(ProxySettings s) {
    return new ProxySettings(
        s.bindAddress(),
        s.eventLoops(),
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
        ROOM);
  }
}

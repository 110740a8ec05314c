package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private ProxyFixture lb;

  @BeforeEach
  void start() throws Exception {
    lb = new ProxyFixture();
  }

  @AfterEach
  void stop() {
    lb.close();
  }

  @Test
  void aDrainedTargetFinishesWhatItHasAndGetsNothingNew() throws Exception {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    Backend a = Backend.answering(lb.vertx, "a", held::complete);
    Backend b = Backend.named(lb.vertx, "b");
    int port = lb.listen("g", a);
    CompletableFuture<HttpResponse<String>> answer =
        lb.client.sendAsync(
            ProxyFixture.request(port, "/held").build(), HttpResponse.BodyHandlers.ofString());
    HttpServerRequest request = held.get(10, TimeUnit.SECONDS);
    AtomicBoolean idle = new AtomicBoolean();

    lb.route(port, "g", b);
    lb.plane.drain(ProxyFixture.target("g", a), () -> idle.set(true));
    for (int i = 0; i < 20; i++) {
      assertThat(lb.get(port, "/" + i).body()).isEqualTo("b");
    }
    assertThat(idle).isFalse();
    lb.vertx.runOnContext(v -> request.response().end("done"));

    assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
    await().atMost(ProxyFixture.AT_MOST).untilTrue(idle);
    await().atMost(ProxyFixture.AT_MOST).until(a.open::isEmpty);
  }

  @Test
  void idleConnectionsOfADrainedTargetAreClosedAtOnce() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g", a);
    lb.get(port, "/");
    assertThat(a.open).isNotEmpty();
    AtomicBoolean idle = new AtomicBoolean();

    lb.route(port, "g");
    lb.plane.drain(ProxyFixture.target("g", a), () -> idle.set(true));

    await().atMost(ProxyFixture.AT_MOST).untilTrue(idle);
    await().atMost(ProxyFixture.AT_MOST).until(a.open::isEmpty);
  }

  @Test
  void changesElsewhereDontTouchALongRequest() throws Exception {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    Backend a = Backend.answering(lb.vertx, "a", held::complete);
    int port = lb.listen("g", a);
    CompletableFuture<HttpResponse<String>> answer =
        lb.client.sendAsync(
            ProxyFixture.request(port, "/held").build(), HttpResponse.BodyHandlers.ofString());
    HttpServerRequest request = held.get(10, TimeUnit.SECONDS);

    Backend b = Backend.named(lb.vertx, "b");
    int other = lb.listen("h", b);
    assertThat(lb.get(other, "/").body()).isEqualTo("b");
    lb.route(port, "g", a, b);
    lb.remove(other);
    await().atMost(ProxyFixture.AT_MOST).until(() -> !lb.plane.isOpen(other));
    lb.vertx.runOnContext(v -> request.response().end("done"));

    assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
  }

  @Test
  void aRemovedListenerCanComeBack() throws Exception {
    Backend a = Backend.named(lb.vertx, "a");
    int port = lb.listen("g", a);
    lb.remove(port);
    await().atMost(ProxyFixture.AT_MOST).until(() -> !lb.plane.isOpen(port));

    lb.route(port, "g", a);

    await().atMost(ProxyFixture.AT_MOST).until(() -> lb.plane.isOpen(port));
    assertThat(lb.get(port, "/").body()).isEqualTo("a");
  }

  @Test
  void tenThousandRequestsWhileTargetsComeAndGoLoseNone() throws Exception {
    int requests = 10_000;
    List<Backend> all = new ArrayList<>();
    Deque<Backend> serving = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      serving.add(Backend.named(lb.vertx, "t" + i));
    }
    all.addAll(serving);
    int port = lb.listen("g", serving.toArray(Backend[]::new));
    Traffic traffic = Traffic.mixed(lb, port, 16, requests);

    int next = 3;
    while (traffic.isRunning()) {
      // A rolling deployment that never ends: one joins, the oldest drains and is stopped.
      Backend joins = Backend.named(lb.vertx, "t" + next++);
      all.add(joins);
      serving.addLast(joins);
      lb.route(port, "g", serving.toArray(Backend[]::new));
      Backend leaves = serving.removeFirst();
      CompletableFuture<Void> drained = new CompletableFuture<>();
      lb.route(port, "g", serving.toArray(Backend[]::new));
      lb.plane.drain(ProxyFixture.target("g", leaves), () -> drained.complete(null));
      drained.get(30, TimeUnit.SECONDS);
      leaves.close();
    }
    traffic.stop();

    assertThat(traffic.failures()).isEmpty();
    assertThat(traffic.answered()).hasSize(requests).doesNotHaveDuplicates();
    List<String> asked = all.stream().flatMap(b -> b.asked.stream()).toList();
    assertThat(asked).containsExactlyInAnyOrderElementsOf(traffic.answered());
    assertThat(next).as("targets that came").isGreaterThan(10);
  }
}

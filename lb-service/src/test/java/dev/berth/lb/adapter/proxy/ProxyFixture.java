package dev.berth.lb.adapter.proxy;

import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A data plane with listeners on free ports, and clients that talk to it. */
final class ProxyFixture implements AutoCloseable {
  static final Duration AT_MOST = Duration.ofSeconds(30);

  /** Targets and clients. */
  final Vertx vertx = Vertx.vertx();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(AT_MOST).build();
  final VertxDataPlane plane;
  private final Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
  private final Map<Integer, RoutingTable.Route> routes = new HashMap<>();

  ProxyFixture() throws Exception {
    this(UnaryOperator.identity());
  }

  ProxyFixture(UnaryOperator<ProxySettings> settings) throws Exception {
    plane = new VertxDataPlane(own, settings.apply(defaults()), registry);
    plane.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static ProxySettings defaults() {
    return new ProxySettings(
        "127.0.0.1",
        2,
        16 * 1024,
        10_000,
        1000,
        5,
        64 * 1024,
        Duration.ofSeconds(60),
        Duration.ofSeconds(75),
        Duration.ofSeconds(4),
        Duration.ofSeconds(3),
        Duration.ofMillis(100));
  }

  /** A listener on a free port that forwards to these targets. */
  int listen(String group, Backend... backends) throws IOException {
    int port = freePort();
    route(port, group, backends);
    await().atMost(AT_MOST).until(() -> plane.isOpen(port));
    return port;
  }

  void route(int port, String group, Backend... backends) {
    routeTo(port, group, List.of(backends).stream().map(b -> target(group, b)).toList());
  }

  synchronized void routeTo(int port, String group, List<Target> targets) {
    routes.put(
        port,
        new RoutingTable.Route(new Listener(port, "arn:" + port, "lb", group), group, targets));
    plane.route(new RoutingTable(routes));
  }

  synchronized void remove(int port) {
    routes.remove(port);
    plane.route(new RoutingTable(routes));
  }

  static Target target(String group, Backend backend) {
    return Target.byHand(new TargetKey(group, backend.name), "127.0.0.1", backend.port);
  }

  static Target target(String group, String id, int port) {
    return Target.byHand(new TargetKey(group, id), "127.0.0.1", port);
  }

  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(int port, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        request(port, path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(AT_MOST);
  }

  double count(String meter) {
    return registry.find(meter).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    own.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}

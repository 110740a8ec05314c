package dev.berth.lb.adapter.proxy;

import static org.awaitility.Awaitility.await;

import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.HealthCheck;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A data plane with listeners on free ports, and clients that talk to it. */
final class ProxyFixture implements AutoCloseable {
  /** A system property: whether data planes use epoll. */
  static final String EPOLL = "berth.test.epoll";

  static final Duration AT_MOST = Duration.ofSeconds(30);

  /** Targets and clients. */
  final Vertx vertx = Vertx.vertx();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(AT_MOST).build();
  final NettyDataPlane plane;
  private final Map<Integer, Listener> listeners = new TreeMap<>();
  private final Map<String, RoutingTable.Group> groups = new HashMap<>();

  ProxyFixture() {
    this(UnaryOperator.identity());
  }

  ProxyFixture(UnaryOperator<ProxySettings> settings) {
    this(settings, null);
  }

  ProxyFixture(UnaryOperator<ProxySettings> settings, Path accessLogs) {
    plane =
        new NettyDataPlane(
            settings.apply(defaults()),
            registry,
            Clock.systemUTC(),
            Certificate::sealedKey,
            accessLogs == null
                ? null
                : new AccessLogFiles(accessLogs, 1024 * 1024, Duration.ofDays(1), 3));
    plane.start();
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
        Duration.ofMillis(100),
        10_000,
        true,
        Boolean.parseBoolean(System.getProperty(EPOLL, "true")),
        20_000);
  }

  /** The same with other time-outs. */
  static ProxySettings patience(ProxySettings s, Duration idle, Duration clientKeepAlive) {
    return new ProxySettings(
        s.bindAddress(),
        s.eventLoops(),
        s.maxHeaderSize(),
        s.maxConnectionsPerListener(),
        s.maxConnectionsPerTarget(),
        s.maxAttempts(),
        s.replayBytes(),
        idle,
        clientKeepAlive,
        s.targetKeepAlive(),
        s.connect(),
        s.listenerClose(),
        s.maxRequestsPerListener(),
        s.openSsl(),
        s.epoll(),
        s.maxConnections());
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
    group(new TargetGroup(group, group, HealthCheck.DEFAULT, Duration.ZERO), targets);
    listeners.put(port, new Listener(port, "arn:" + port, "lb", group));
    apply();
  }

  /** A listener as it is; its groups have to be known by {@link #group}. */
  synchronized void listen(Listener listener) {
    listeners.put(listener.port(), listener);
    apply();
    await().atMost(AT_MOST).until(() -> plane.isOpen(listener.port()));
  }

  /** Listeners that share a port. */
  synchronized void share(int port, Listener... sharing) {
    List<RoutingTable.Port> ports = new ArrayList<>(RoutingTable.ports(listeners.values()));
    ports.addAll(RoutingTable.ports(List.of(sharing)));
    plane.route(new RoutingTable(ports, groups));
    await().atMost(AT_MOST).until(() -> plane.isOpen(port));
  }

  synchronized void group(TargetGroup group, Backend... backends) {
    group(group, List.of(backends).stream().map(backend -> target(group.arn(), backend)).toList());
  }

  synchronized void group(TargetGroup group, List<Target> targets) {
    groups.put(
        group.arn(),
        new RoutingTable.Group(
            group, targets.stream().map(t -> new RoutingTable.Routed(t, null)).toList()));
    apply();
  }

  private void apply() {
    plane.route(new RoutingTable(RoutingTable.ports(listeners.values()), groups));
  }

  synchronized void remove(int port) {
    listeners.remove(port);
    apply();
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

  /** Below those that connections get by themselves: none of them may take it meanwhile. */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    }
  }

  @Override
  public void close() {
    plane.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}

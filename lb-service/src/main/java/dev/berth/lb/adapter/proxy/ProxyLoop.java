package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.RoundRobin;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** One event loop's share of the traffic. All its listeners share their ports with other loops. */
final class ProxyLoop extends AbstractVerticle {
  private static final Logger LOG = Logger.getLogger(ProxyLoop.class);
  private static final long LINGER_MILLIS = 1000;

  private final int index;
  private final ProxySettings settings;
  private final RoutesInForce routes;
  private final AtomicInteger active;
  private final Counter rejected;
  private final Set<Exchange> exchanges = new LinkedHashSet<>();
  private final Map<Integer, HttpServer> servers = new HashMap<>();
  private final Set<HttpConnection> surplus = new HashSet<>();
  private int turn;
  private long now = System.nanoTime();

  /** The routes that hold at this moment. */
  interface RoutesInForce {
    /** Where requests to a port go; null when there is no such listener any more. */
    PortRoute route(int port);
  }

  ProxyLoop(
      int index,
      ProxySettings settings,
      RoutesInForce routes,
      AtomicInteger active,
      Counter rejected) {
    this.index = index;
    this.settings = settings;
    this.routes = routes;
    this.active = active;
    this.rejected = rejected;
    // Loops that start at the same turn would all send their first request to the same target.
    this.turn = index;
  }

  @Override
  public void start() {
    long period = Math.clamp(settings.idle().toMillis() / 8, 10, 250);
    vertx.setPeriodic(period, id -> sweep());
  }

  /** The context it runs on, once it is deployed. */
  Context context() {
    return context;
  }

  int index() {
    return index;
  }

  ProxySettings settings() {
    return settings;
  }

  /** The time as of the last sweep, in nanoseconds; exact enough for time-outs. */
  long now() {
    return now;
  }

  PortRoute route(int port) {
    return routes.route(port);
  }

  /** The next target that takes a request, with a place in it taken; null when none does. */
  Upstream acquire(List<Upstream> targets, List<Upstream> except) {
    int chosen =
        RoundRobin.next(
            turn++,
            targets.size(),
            i ->
                (except.isEmpty() || !except.contains(targets.get(i))) && targets.get(i).acquire());
    return chosen < 0 ? null : targets.get(chosen);
  }

  void ended(Exchange exchange) {
    exchanges.remove(exchange);
    active.decrementAndGet();
  }

  /** Closes a connection after the client had a moment to read its answer. */
  void closeSoon(HttpConnection connection) {
    vertx.setTimer(LINGER_MILLIS, id -> connection.close());
  }

  /**
   * Takes part in a port.
   *
   * @param connections how many connections the port has, over all loops
   */
  Future<Void> listen(int port, AtomicInteger connections) {
    HttpServer server =
        vertx
            .createHttpServer(serverOptions())
            .connectionHandler(connection -> opened(connection, connections))
            .requestHandler(request -> handle(port, request));
    return server
        .listen(port, settings.bindAddress())
        .onSuccess(bound -> servers.put(port, bound))
        .mapEmpty();
  }

  Future<Void> close(int port) {
    HttpServer server = servers.remove(port);
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void opened(HttpConnection connection, AtomicInteger connections) {
    ((ConnectionBase) connection)
        .channelHandlerContext()
        .pipeline()
        .replace("httpDecoder", "httpDecoder", new StrictRequestDecoder(settings.maxHeaderSize()));
    if (connections.incrementAndGet() > settings.maxConnectionsPerListener()) {
      surplus.add(connection);
      closeSoon(connection);
    }
    connection.exceptionHandler(
        failed -> LOG.debugf("A client's connection broke: %s", failed.getMessage()));
    connection.closeHandler(
        v -> {
          connections.decrementAndGet();
          surplus.remove(connection);
        });
  }

  private void handle(int port, HttpServerRequest request) {
    if (!surplus.isEmpty() && surplus.contains(request.connection())) {
      reject(request, 503);
      return;
    }
    int refusal = Requests.refusal(request);
    if (refusal != 0) {
      reject(request, refusal);
      return;
    }
    PortRoute route = routes.route(port);
    if (route == null) {
      reject(request, 503);
      return;
    }
    active.incrementAndGet();
    Exchange exchange = new Exchange(this, route, request);
    exchanges.add(exchange);
    exchange.start();
  }

  private void reject(HttpServerRequest request, int code) {
    rejected.increment();
    request.response().putHeader(Headers.CONNECTION, "close");
    ErrorPages.send(request.response(), code);
    closeSoon(request.connection());
  }

  private void sweep() {
    now = System.nanoTime();
    long idle = settings.idle().toNanos();
    for (Exchange exchange : new ArrayList<>(exchanges)) {
      exchange.sweep(now, idle);
    }
  }

  private HttpServerOptions serverOptions() {
    // Waiting for a target is silence, too: the exchange's own time-out has to come first.
    long quiet = Math.max(settings.clientKeepAlive().toSeconds(), settings.idle().toSeconds() + 5);
    return new HttpServerOptions()
        .setMaxHeaderSize(settings.maxHeaderSize())
        .setMaxInitialLineLength(settings.maxHeaderSize())
        .setIdleTimeout((int) quiet)
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(true)
        .setAcceptBacklog(4096)
        .setTracingPolicy(TracingPolicy.IGNORE);
  }
}

package dev.berth.lb.adapter.proxy;

import dev.berth.lb.application.DataPlane;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The data plane on Vert.x: an immutable table of routes, swapped whole, read by every loop. */
public final class VertxDataPlane implements DataPlane {
  private final Vertx vertx;
  private final ProxySettings settings;
  private final MeterRegistry registry;
  private final List<ListenerPorts.LoopOnContext> loops = new ArrayList<>();
  private final AtomicInteger active = new AtomicInteger();
  private final Map<String, RouteMetrics> metrics = new ConcurrentHashMap<>();
  private final Map<TargetKey, Upstream> upstreams = new HashMap<>();
  private ListenerPorts ports;
  private volatile Map<Integer, PortRoute> routes = Map.of();

  /**
   * @param vertx the data plane's own, so that nothing else runs on its loops
   */
  public VertxDataPlane(Vertx vertx, ProxySettings settings, MeterRegistry registry) {
    this.vertx = vertx;
    this.settings = settings;
    this.registry = registry;
  }

  /** Starts the loops; routes and ports come after it has succeeded. */
  public Future<Void> start() {
    Gauge.builder("berth.lb.active.requests", active, AtomicInteger::get)
        .description("Requests and upgraded connections under way")
        .register(registry);
    Counter rejected =
        Counter.builder("berth.lb.rejected")
            .description("Requests that were refused before a target was chosen")
            .register(registry);
    List<Future<Void>> started = new ArrayList<>();
    for (int i = 0; i < settings.eventLoops(); i++) {
      ProxyLoop loop = new ProxyLoop(i, settings, port -> routes.get(port), active, rejected);
      started.add(vertx.deployVerticle(loop).mapEmpty());
      // The verticle's own context is known once it is deployed.
      loops.add(new ListenerPorts.LoopOnContext(loop, null));
    }
    return Future.all(started)
        .onSuccess(
            all -> {
              loops.replaceAll(l -> new ListenerPorts.LoopOnContext(l.loop(), l.loop().context()));
              Context context = vertx.getOrCreateContext();
              ports = new ListenerPorts(vertx, context, loops, settings.listenerClose());
            })
        .mapEmpty();
  }

  @Override
  public synchronized void route(RoutingTable table) {
    Map<Integer, PortRoute> next = new HashMap<>();
    table
        .byPort()
        .forEach(
            (port, route) -> {
              List<Upstream> targets = route.targets().stream().map(this::upstream).toList();
              next.put(
                  port,
                  new PortRoute(
                      port,
                      targets,
                      metricsOf(
                          route.listener().loadBalancer() + ":" + port, route.targetGroupName())));
            });
    routes = Map.copyOf(next);
    ports.want(Set.copyOf(next.keySet()));
  }

  @Override
  public synchronized void drain(Target target, Runnable idle) {
    Upstream upstream = upstreams.remove(target.key());
    if (upstream == null) {
      idle.run();
      return;
    }
    upstream.drain(
        () -> {
          // Connections that were busy when draining began are idle now.
          closeConnections(upstream);
          idle.run();
        });
    onLoops(upstream, UpstreamConnections::closeIdle);
  }

  @Override
  public synchronized void forget(TargetKey key) {
    Upstream upstream = upstreams.remove(key);
    if (upstream != null) {
      upstream.drain(() -> closeConnections(upstream));
      onLoops(upstream, UpstreamConnections::closeIdle);
    }
  }

  /** Ports that are wanted and can't be had, with the reason. */
  public Map<Integer, String> portFailures() {
    return ports == null ? Map.of() : ports.failures();
  }

  /** Whether requests to a port are taken. */
  public boolean isOpen(int port) {
    return ports != null && ports.isOpen(port);
  }

  private Upstream upstream(Target target) {
    Upstream known = upstreams.get(target.key());
    if (known == null || known.isDraining() || known.target().movedFrom(target)) {
      if (known != null) {
        forget(target.key());
      }
      known = new Upstream(target, vertx, settings);
      upstreams.put(target.key(), known);
    }
    return known;
  }

  private RouteMetrics metricsOf(String listener, String group) {
    return metrics.computeIfAbsent(
        listener + "|" + group, key -> new RouteMetrics(registry, listener, group));
  }

  private void closeConnections(Upstream upstream) {
    onLoops(upstream, UpstreamConnections::close);
  }

  private void onLoops(Upstream upstream, java.util.function.Consumer<UpstreamConnections> action) {
    for (ListenerPorts.LoopOnContext loop : loops) {
      loop.context().runOnContext(v -> action.accept(upstream.connections(loop.loop().index())));
    }
  }
}

package dev.berth.lb.adapter.proxy;

import dev.berth.lb.application.DataPlane;
import dev.berth.lb.application.OpenPorts;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.RoutingTable;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetGroup;
import dev.berth.lb.domain.TargetKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The data plane on Netty. What holds is swapped in parts: a port's listeners, and a group's
 * targets, each whole and each by itself, so that a change touches only what it is about.
 */
public final class NettyDataPlane implements DataPlane, OpenPorts, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(NettyDataPlane.class);

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Transport transport;
  private final TlsContexts tls;
  private final AccessLog accessLog;
  private final Counter tlsFailures;
  private final AtomicInteger active = new AtomicInteger();
  private final ProxyLoop[] loops;
  private final IdentityHashMap<EventExecutor, ProxyLoop> byEventLoop = new IdentityHashMap<>();
  private final Ports ports;
  private final Room room;
  private final Re2Regexes regexes = new Re2Regexes();
  private final Map<String, RouteMetrics> metrics = new ConcurrentHashMap<>();
  private final Map<TargetKey, Upstream> upstreams = new HashMap<>();
  private final Map<TargetKey, Upstream> draining = new HashMap<>();
  private final Map<String, GroupBalancer> groups = new HashMap<>();
  private final Map<String, String> groupNames = new ConcurrentHashMap<>();
  private final Map<String, RoutingTable.Group> groupsInForce = new HashMap<>();
  private Map<Listener, Optional<Site>> sites = Map.of();
  private List<RoutingTable.Port> portsInForce = List.of();

  /**
   * @param keys opens the private keys of certificates
   * @param accessLogs where access logs go; null for nowhere
   */
  public NettyDataPlane(
      ProxySettings settings,
      MeterRegistry registry,
      InstantSource clock,
      PrivateKeys keys,
      AccessLogFiles accessLogs) {
    this.registry = registry;
    this.clock = clock;
    this.transport = Transport.start(settings.eventLoops(), settings.epoll());
    this.room = new Room(settings.maxConnections());
    this.tls = new TlsContexts(settings.openSsl(), keys);
    this.accessLog = new AccessLog(accessLogs);
    Counter rejected =
        Counter.builder("berth.lb.rejected")
            .description("Requests and connections that were refused before a target was chosen")
            .register(registry);
    this.tlsFailures =
        Counter.builder("berth.lb.tls.failures")
            .description("TLS handshakes with clients that failed")
            .register(registry);
    this.loops = new ProxyLoop[settings.eventLoops()];
    int index = 0;
    for (EventExecutor executor : transport.loops()) {
      ProxyLoop loop =
          new ProxyLoop(
              index,
              (EventLoop) executor,
              settings,
              transport,
              tls,
              accessLog,
              active,
              rejected,
              room);
      loops[index++] = loop;
      byEventLoop.put(executor, loop);
    }
    this.ports = new Ports(this, loops[0].eventLoop(), settings);
  }

  /** Starts the loops' clocks and the gauges; routes and ports come after it. */
  public void start() {
    Gauge.builder("berth.lb.active.requests", active, AtomicInteger::get)
        .description("Requests and upgraded connections under way")
        .register(registry);
    Gauge.builder("berth.lb.connections", room, Room::taken)
        .description("Connections of clients and to targets")
        .register(registry);
    FunctionCounter.builder("berth.lb.access.log.dropped", accessLog, AccessLog::dropped)
        .description("Lines of access logs that were lost")
        .register(registry);
    for (ProxyLoop loop : loops) {
      loop.start();
    }
    LOG.infof("Sockets by %s, TLS by %s", transport.epoll() ? "epoll" : "the JDK", tls.provider());
  }

  ProxyLoop loop(EventExecutor eventLoop) {
    return byEventLoop.get(eventLoop);
  }

  Room room() {
    return room;
  }

  Transport transport() {
    return transport;
  }

  Counter tlsFailures() {
    return tlsFailures;
  }

  void onLoops(Consumer<ProxyLoop> action) {
    for (ProxyLoop loop : loops) {
      loop.execute(() -> action.accept(loop));
    }
  }

  @Override
  public synchronized void route(RoutingTable table) {
    table.groups().forEach(this::routeGroup);
    groupsInForce.keySet().retainAll(table.groups().keySet());
    groups
        .keySet()
        .removeIf(
            arn -> {
              if (table.groups().containsKey(arn)) {
                return false;
              }
              // Rules may name it for a moment longer: they find it empty.
              TargetGroup last = groups.get(arn).group();
              if (last != null) {
                groups.get(arn).update(last, List.of(), List.of());
              }
              return true;
            });
    if (!table.ports().equals(portsInForce)) {
      routePorts(table.ports());
      portsInForce = table.ports();
    }
  }

  private void routeGroup(String arn, RoutingTable.Group routed) {
    if (routed.equals(groupsInForce.put(arn, routed))) {
      return;
    }
    groupNames.put(arn, routed.group().name());
    long slowStart = routed.group().settings().slowStart().toNanos();
    List<Upstream> targets = new ArrayList<>(routed.targets().size());
    List<Upstream> replaced = new ArrayList<>();
    List<Long> since = new ArrayList<>(routed.targets().size());
    Instant now = clock.instant();
    long nanos = System.nanoTime();
    for (RoutingTable.Routed target : routed.targets()) {
      long age =
          slowStart > 0 && target.healthySince() != null && routed.targets().size() > 1
              ? Duration.between(target.healthySince(), now).toNanos()
              : Long.MAX_VALUE;
      since.add(age >= slowStart ? 0 : nanos - age);
      targets.add(upstream(target.target(), routed.group(), replaced));
    }
    group(arn).update(routed.group(), targets, since);
    replaced.forEach(NettyDataPlane::letGo);
  }

  private GroupBalancer group(String arn) {
    return groups.computeIfAbsent(arn, key -> new GroupBalancer(key, loops.length));
  }

  private void routePorts(List<RoutingTable.Port> next) {
    Map<Listener, Optional<Site>> known = sites;
    Map<Listener, Optional<Site>> now = new HashMap<>();
    Map<RoutingTable.Port, ListeningPort.Served> wanted = new LinkedHashMap<>();
    List<Listener> all = new ArrayList<>();
    for (RoutingTable.Port port : next) {
      List<Site> shared = new ArrayList<>();
      for (Listener listener : port.listeners()) {
        all.add(listener);
        Optional<Site> site = known.get(listener);
        site = site == null ? now.get(listener) : site;
        site = site == null ? compile(listener) : site;
        now.put(listener, site);
        site.ifPresent(shared::add);
      }
      TlsContexts.Names names = port.protocol().isEncrypted() ? tls.names(port.listeners()) : null;
      wanted.put(port, ListeningPort.Served.of(shared, names));
    }
    sites = now;
    tls.keepOnly(all);
    ports.want(wanted);
  }

  private Optional<Site> compile(Listener listener) {
    try {
      return Optional.of(new Site(listener, regexes, this::group, this::metricsOf));
    } catch (IllegalArgumentException e) {
      LOG.errorf(
          "Listener %s answers 503 until its rules are mended: %s",
          listener.listenerArn(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public synchronized void drain(Target target, Runnable idle) {
    Upstream upstream = upstreams.remove(target.key());
    if (upstream == null) {
      idle.run();
      return;
    }
    draining.put(target.key(), upstream);
    upstream.drain(
        () -> {
          // Connections that were busy when draining began are idle now.
          upstream.closeIdle();
          idle.run();
        });
    upstream.closeIdle();
  }

  @Override
  public synchronized void terminate(TargetKey key) {
    Upstream upstream = upstreams.getOrDefault(key, draining.get(key));
    if (upstream != null) {
      upstream.terminate();
    }
  }

  @Override
  public synchronized void forget(TargetKey key) {
    draining.remove(key);
    Upstream upstream = upstreams.remove(key);
    if (upstream != null) {
      letGo(upstream);
    }
  }

  private static void letGo(Upstream upstream) {
    upstream.drain(upstream::closeIdle);
    upstream.closeIdle();
  }

  @Override
  public Map<String, String> portFailures() {
    return ports.failures();
  }

  @Override
  public boolean isOpen(int port) {
    return ports.isOpen(port);
  }

  /** Connections that a port's clients have now. */
  public int connections(int port) {
    return ports.connections(port);
  }

  /** What a target was asked and how often it failed, for the metrics. */
  public record TargetCounts(
      String targetGroupName, String targetId, long requests, long errors, int inFlight) {}

  /** The counts of every target that takes traffic, the busiest first. */
  public synchronized List<TargetCounts> targetCounts(int most) {
    return upstreams.values().stream()
        .sorted(Comparator.comparingLong((Upstream u) -> u.requests.sum()).reversed())
        .limit(most)
        .map(
            u ->
                new TargetCounts(
                    u.group().name(),
                    u.target().key().targetId(),
                    u.requests.sum(),
                    u.errors.sum(),
                    u.inFlight()))
        .toList();
  }

  /**
   * @param replaced takes the one that was there until now; it refuses requests only when nobody is
   *     sent to it any more
   */
  private Upstream upstream(Target target, TargetGroup group, List<Upstream> replaced) {
    Upstream known = upstreams.get(target.key());
    if (known == null
        || known.isDraining()
        || known.target().movedFrom(target)
        || !known.group().equals(group)) {
      if (known != null) {
        replaced.add(known);
      }
      known = new Upstream(target, group, loops);
      upstreams.put(target.key(), known);
    }
    return known;
  }

  private RouteMetrics metricsOf(String listener, String groupArn) {
    String group = groupNames.getOrDefault(groupArn, groupArn);
    return metrics.computeIfAbsent(
        listener + "|" + group, key -> new RouteMetrics(registry, listener, group));
  }

  /**
   * Takes no new connection, lets what is under way end, and stops.
   *
   * @param grace how long that may take
   */
  public void close(Duration grace) throws InterruptedException {
    ports.leaveAll();
    long deadline = System.nanoTime() + grace.toNanos();
    // Loops that have stopped answering don't count: the grace ends it.
    while (active.get() > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    close();
  }

  @Override
  public void close() {
    accessLog.close();
    transport.loops().shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}

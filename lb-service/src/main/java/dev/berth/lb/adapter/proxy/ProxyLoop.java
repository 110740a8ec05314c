package dev.berth.lb.adapter.proxy;

import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop's share of the traffic. */
@SuppressWarnings("FutureReturnValueIgnored")
final class ProxyLoop {
  private static final long LINGER_MILLIS = 1000;

  private final int index;
  private final EventLoop eventLoop;
  private final ProxySettings settings;
  private final Transport transport;
  private final TlsContexts tls;
  private final AccessLog accessLog;
  private final AtomicInteger active;
  private final Counter rejected;
  private final Room room;
  private final List<Swept> clients = new ArrayList<>();
  private final Set<TargetPool> keeping = new LinkedHashSet<>();
  private long now = System.nanoTime();
  private long epochSeconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());

  ProxyLoop(
      int index,
      EventLoop eventLoop,
      ProxySettings settings,
      Transport transport,
      TlsContexts tls,
      AccessLog accessLog,
      AtomicInteger active,
      Counter rejected,
      Room room) {
    this.room = room;
    this.index = index;
    this.eventLoop = eventLoop;
    this.settings = settings;
    this.transport = transport;
    this.tls = tls;
    this.accessLog = accessLog;
    this.active = active;
    this.rejected = rejected;
  }

  void start() {
    long period = Math.clamp(settings.idle().toMillis() / 8, 10, 250);
    var unused =
        eventLoop.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
  }

  int index() {
    return index;
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  ProxySettings settings() {
    return settings;
  }

  Transport transport() {
    return transport;
  }

  Room room() {
    return room;
  }

  TlsContexts tls() {
    return tls;
  }

  void execute(Runnable action) {
    if (!eventLoop.isShuttingDown()) {
      eventLoop.execute(action);
    }
  }

  int connectionsPerTarget() {
    return Math.max(1, settings.maxConnectionsPerTarget() / settings.eventLoops());
  }

  /** How long a request of a site may be silent; null for one that belongs to none. */
  long idleNanos(Site site) {
    return site == null || site.listener().balancer().idle() == null
        ? settings.idle().toNanos()
        : site.listener().balancer().idle().toNanos();
  }

  /** The time as of the last sweep, in nanoseconds; exact enough for time-outs. */
  long now() {
    return now;
  }

  /** The time as of the last sweep. */
  long epochSeconds() {
    return epochSeconds;
  }

  void opened(Swept client) {
    client.slot(clients.size());
    clients.add(client);
  }

  void closed(Swept client) {
    int last = clients.size() - 1;
    int slot = client.slot();
    if (slot > last || clients.get(slot) != client) {
      return;
    }
    Swept moved = clients.remove(last);
    if (moved != client) {
      clients.set(slot, moved);
      moved.slot(slot);
    }
  }

  /** The pool has connections that may become too old. */
  void keeping(TargetPool pool) {
    keeping.add(pool);
  }

  void began() {
    active.incrementAndGet();
  }

  void ended(Exchange exchange, Site site, HttpRequest request, ClientSide client) {
    active.decrementAndGet();
    if (site != null && site.isLogged()) {
      accessLog.write(exchange.journal, site, request, client);
    }
  }

  /** A flow of TLS has ended that long after its handshake. */
  void ended(FlowLog flow, Site site, long nanos) {
    accessLog.write(flow, site, nanos);
  }

  /** A request was answered before it could be read: all there is of it is a line in the log. */
  void unreadable(int code, HttpRequest request, ClientSide client) {
    Site site = client.port().site(new Facts(request, client));
    if (site != null && site.isLogged()) {
      Journal journal = new Journal(System.nanoTime());
      if (code == 400) {
        journal.classified("Severe", StrictRequestDecoder.reason(request));
      }
      journal.ended(code, 0);
      accessLog.write(journal, site, request, client);
    }
  }

  void rejected() {
    rejected.increment();
  }

  /** Closes a connection after the client had a moment to read its answer. */
  void closeSoon(Channel channel) {
    eventLoop.schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Lets what a port's clients have under way end. */
  void leave(ListeningPort port) {
    copy().forEach(client -> client.leave(port));
  }

  /** Ends all that a port's clients have. */
  void end(ListeningPort port) {
    copy().forEach(client -> client.end(port));
  }

  private Collection<Swept> copy() {
    return List.copyOf(clients);
  }

  private void sweep() {
    now = System.nanoTime();
    epochSeconds = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    // From the end: what is closed meanwhile is replaced by what was looked at already.
    for (int i = clients.size() - 1; i >= 0; i--) {
      if (i < clients.size()) {
        clients.get(i).sweep(now);
      }
    }
    long keep = settings.targetKeepAlive().toNanos();
    keeping.removeIf(pool -> !pool.sweep(now, keep));
  }
}

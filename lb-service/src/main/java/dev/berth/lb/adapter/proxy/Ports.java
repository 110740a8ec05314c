package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.RoutingTable;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Opens and closes the listeners' ports. A port that can't be had is tried again until it can, or
 * nobody wants it any more; the others aren't concerned. Lives on one loop.
 */
final class Ports {
  private static final Logger LOG = Logger.getLogger(Ports.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final NettyDataPlane plane;
  private final EventLoop control;
  private final ProxySettings settings;
  private final Map<Key, ListeningPort.Served> wanted = new HashMap<>();
  private final Map<Key, RoutingTable.Port> described = new HashMap<>();
  private final Set<Key> opening = new HashSet<>();
  private final Map<Key, ListeningPort> open = new ConcurrentHashMap<>();
  private final Map<Key, String> failures = new ConcurrentHashMap<>();

  /** What tells ports apart. */
  record Key(int number, boolean udp) {
    @Override
    public String toString() {
      return udp ? number + "/udp" : Integer.toString(number);
    }
  }

  Ports(NettyDataPlane plane, EventLoop control, ProxySettings settings) {
    this.plane = plane;
    this.control = control;
    this.settings = settings;
  }

  /** What is to be open, and what it serves, from any thread. */
  void want(Map<RoutingTable.Port, ListeningPort.Served> ports) {
    control.execute(
        () -> {
          Set<Key> gone = new HashSet<>(wanted.keySet());
          wanted.clear();
          described.clear();
          ports.forEach(
              (port, served) -> {
                Key key = new Key(port.number(), port.udp());
                wanted.put(key, served);
                described.put(key, port);
              });
          gone.removeAll(wanted.keySet());
          gone.forEach(
              key -> {
                failures.remove(key);
                close(key);
              });
          Set.copyOf(wanted.keySet()).forEach(this::serve);
        });
  }

  private void serve(Key key) {
    ListeningPort present = open.get(key);
    if (present == null) {
      openIfClosed(key, FIRST_RETRY);
    } else if (present.protocol() != described.get(key).protocol()) {
      // Another protocol on the same port: what speaks the old one ends.
      close(key);
    } else {
      present.serve(wanted.get(key));
    }
  }

  /** Ports that are wanted and can't be had, with the reason. */
  Map<String, String> failures() {
    Map<String, String> named = new HashMap<>();
    failures.forEach((key, reason) -> named.put(key.toString(), reason));
    return Map.copyOf(named);
  }

  boolean isOpen(int number) {
    return open.containsKey(new Key(number, false)) || open.containsKey(new Key(number, true));
  }

  /** Connections that a port's clients have now. */
  int connections(int number) {
    ListeningPort port = open.get(new Key(number, false));
    return port == null ? 0 : port.connections();
  }

  private void openIfClosed(Key key, Duration retry) {
    ListeningPort.Served served = wanted.get(key);
    if (served == null || open.containsKey(key) || !opening.add(key)) {
      return;
    }
    ListeningPort port =
        new ListeningPort(key.number(), described.get(key).protocol(), settings, plane.room());
    port.serve(served);
    bind(key, port)
        .addListener(
            result ->
                control.execute(
                    () -> {
                      opening.remove(key);
                      if (result.isSuccess()) {
                        opened(key, port);
                      } else {
                        failed(key, result.cause(), retry);
                      }
                    }));
  }

  private ChannelFuture bind(Key key, ListeningPort port) {
    Transport transport = plane.transport();
    ChannelFuture bound;
    if (key.udp()) {
      ProxyLoop loop = plane.loop(control);
      bound =
          new Bootstrap()
              .group(loop.eventLoop())
              .channel(transport.datagram())
              .handler(new UdpRelay(loop, port))
              .bind(settings.bindAddress(), key.number());
    } else {
      InetSocketAddress at = new InetSocketAddress(settings.bindAddress(), key.number());
      bound =
          new ServerBootstrap()
              .group(transport.loops())
              .channelFactory(transport.server(at))
              .option(ChannelOption.SO_BACKLOG, 4096)
              .option(ChannelOption.SO_REUSEADDR, true)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(new ClientPipeline(plane, port, plane.tlsFailures()))
              .bind(at);
    }
    port.opened(bound.channel());
    return bound;
  }

  private void opened(Key key, ListeningPort port) {
    LOG.infof("Listening on port %s", key);
    failures.remove(key);
    open.put(key, port);
    plane.room().listenerOpened();
    if (wanted.containsKey(key)) {
      serve(key);
    } else {
      close(key);
    }
  }

  private void failed(Key key, Throwable cause, Duration retry) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (!wanted.containsKey(key)) {
      return;
    }
    if (!reason.equals(failures.put(key, reason))) {
      LOG.errorf("Port %s can't be listened on and is tried again: %s", key, reason);
    }
    Duration next = retry.multipliedBy(2);
    var unused =
        control.schedule(
            () -> openIfClosed(key, next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY),
            retry.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** No new connection comes; what is under way has its time. */
  private void close(Key key) {
    ListeningPort port = open.remove(key);
    if (port == null) {
      return;
    }
    port.startClosing();
    plane.room().listenerClosed();
    // Until it is closed it can't be opened again.
    opening.add(key);
    Channel channel = port.channel();
    channel
        .close()
        .addListener(
            closed ->
                control.execute(
                    () -> {
                      LOG.infof("Port %s is closed", key);
                      opening.remove(key);
                      openIfClosed(key, FIRST_RETRY);
                    }));
    plane.onLoops(loop -> loop.leave(port));
    var unused =
        control.schedule(
            () -> plane.onLoops(loop -> loop.end(port)),
            Math.max(1, settings.listenerClose().toMillis()),
            TimeUnit.MILLISECONDS);
  }

  /** Closes every port as if nobody wanted it any more. */
  void leaveAll() {
    want(Map.of());
  }
}

package dev.berth.lb.adapter.proxy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Opens and closes the listeners' ports. A port that can't be had is tried again until it can, or
 * nobody wants it any more. Runs on one Vert.x context.
 */
final class ListenerPorts {
  private static final Logger LOG = Logger.getLogger(ListenerPorts.class);
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Context context;
  private final List<LoopOnContext> loops;
  private final Duration closeDelay;
  private final Set<Integer> wanted = new HashSet<>();
  private final Set<Integer> opening = new HashSet<>();
  private final Map<Integer, AtomicInteger> open = new ConcurrentHashMap<>();
  private final Map<Integer, String> failures = new ConcurrentHashMap<>();

  /** A loop with the context it runs on. */
  record LoopOnContext(ProxyLoop loop, Context context) {
    Future<Void> call(Callable<Future<Void>> action) {
      return Future.future(
          promise ->
              context.runOnContext(
                  v -> {
                    try {
                      action.call().onComplete(promise);
                    } catch (Exception e) {
                      promise.fail(e);
                    }
                  }));
    }
  }

  ListenerPorts(Vertx vertx, Context context, List<LoopOnContext> loops, Duration closeDelay) {
    this.vertx = vertx;
    this.context = context;
    this.loops = List.copyOf(loops);
    this.closeDelay = closeDelay;
  }

  /** The ports that are to be open, from any thread. */
  void want(Set<Integer> ports) {
    context.runOnContext(
        v -> {
          Set<Integer> removed = new HashSet<>(wanted);
          removed.removeAll(ports);
          wanted.clear();
          wanted.addAll(ports);
          removed.forEach(
              port -> {
                failures.remove(port);
                // Requests under way may end; new ones are refused as the route is gone.
                vertx.setTimer(Math.max(1, closeDelay.toMillis()), id -> closeIfUnwanted(port));
              });
          wanted.forEach(port -> openIfClosed(port, FIRST_RETRY));
        });
  }

  /** Ports that are wanted and can't be had, with the reason. */
  Map<Integer, String> failures() {
    return Map.copyOf(failures);
  }

  boolean isOpen(int port) {
    return open.containsKey(port);
  }

  private void openIfClosed(int port, Duration retry) {
    if (open.containsKey(port) || !wanted.contains(port) || !opening.add(port)) {
      return;
    }
    AtomicInteger connections = new AtomicInteger();
    LoopOnContext first = loops.get(0);
    first
        .call(() -> first.loop().listen(port, connections))
        .compose(v -> join(port, connections))
        .onComplete(
            result ->
                context.runOnContext(
                    v -> {
                      opening.remove(port);
                      if (result.succeeded()) {
                        opened(port, connections);
                      } else {
                        failed(port, result.cause(), retry);
                      }
                    }));
  }

  private Future<Void> join(int port, AtomicInteger connections) {
    List<Future<Void>> joined = new ArrayList<>();
    for (LoopOnContext loop : loops.subList(1, loops.size())) {
      joined.add(loop.call(() -> loop.loop().listen(port, connections)));
    }
    return Future.all(joined).mapEmpty();
  }

  private void opened(int port, AtomicInteger connections) {
    LOG.infof("Listening on port %d", port);
    failures.remove(port);
    open.put(port, connections);
    if (!wanted.contains(port)) {
      closeIfUnwanted(port);
    }
  }

  private void failed(int port, Throwable cause, Duration retry) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (!wanted.contains(port)) {
      return;
    }
    if (!reason.equals(failures.put(port, reason))) {
      LOG.errorf("Port %d can't be listened on and is tried again: %s", port, reason);
    }
    Duration next = retry.multipliedBy(2);
    vertx.setTimer(
        retry.toMillis(),
        id -> openIfClosed(port, next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY));
  }

  private void closeIfUnwanted(int port) {
    if (wanted.contains(port) || !open.containsKey(port)) {
      return;
    }
    open.remove(port);
    // While it closes it can't be opened: the loops would share the server that goes.
    opening.add(port);
    List<Future<Void>> closed = new ArrayList<>();
    for (LoopOnContext loop : loops) {
      closed.add(loop.call(() -> loop.loop().close(port)));
    }
    Future.join(closed)
        .onComplete(
            result ->
                context.runOnContext(
                    v -> {
                      LOG.infof("Port %d is closed", port);
                      opening.remove(port);
                      openIfClosed(port, FIRST_RETRY);
                    }));
  }
}

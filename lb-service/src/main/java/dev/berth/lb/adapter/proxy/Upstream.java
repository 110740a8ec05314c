package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Target;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A target as the data plane sees it, shared by all loops: how many requests it has, and whether it
 * takes more. Each loop has its own connections.
 */
final class Upstream {
  private final Target target;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<Runnable> idle = new AtomicReference<>();
  private volatile boolean draining;
  private final UpstreamConnections[] connections;

  Upstream(Target target, Vertx vertx, ProxySettings settings) {
    this.target = target;
    this.connections = new UpstreamConnections[settings.eventLoops()];
    for (int i = 0; i < connections.length; i++) {
      connections[i] = new UpstreamConnections(vertx, target, settings);
    }
  }

  Target target() {
    return target;
  }

  UpstreamConnections connections(int loop) {
    return connections[loop];
  }

  boolean isDraining() {
    return draining;
  }

  /**
   * Takes a place for a request; every success needs one {@link #release}. The count goes up before
   * the flag is looked at, and {@link #drain} sets the flag before it looks at the count: one of
   * the two sees the other.
   *
   * @return false if the target takes no new requests
   */
  boolean acquire() {
    inFlight.incrementAndGet();
    if (draining) {
      release();
      return false;
    }
    return true;
  }

  void release() {
    if (inFlight.decrementAndGet() == 0 && draining) {
      tellIdle();
    }
  }

  void drain(Runnable whenIdle) {
    idle.set(whenIdle);
    draining = true;
    if (inFlight.get() == 0) {
      tellIdle();
    }
  }

  private void tellIdle() {
    Runnable whenIdle = idle.getAndSet(null);
    if (whenIdle != null) {
      whenIdle.run();
    }
  }
}

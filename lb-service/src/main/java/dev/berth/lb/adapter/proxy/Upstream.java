package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetGroup;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * A target as the data plane sees it, shared by all loops: how many requests it has, and whether it
 * takes more. Each loop has its own connections.
 */
final class Upstream {
  private final Target target;
  private final TargetGroup group;
  private final InetSocketAddress address;
  private final long hash;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<Runnable> idle = new AtomicReference<>();
  private final TargetPool[] pools;
  private final Set<Runnable> flows = ConcurrentHashMap.newKeySet();
  final LongAdder requests = new LongAdder();
  final LongAdder errors = new LongAdder();
  private volatile boolean draining;

  Upstream(Target target, TargetGroup group, ProxyLoop[] loops) {
    this.target = target;
    this.group = group;
    this.address = new InetSocketAddress(target.host(), target.port());
    this.hash = hash(target.key().targetGroupArn() + "|" + target.key().targetId());
    this.pools = new TargetPool[loops.length];
    for (int i = 0; i < loops.length; i++) {
      pools[i] = new TargetPool(loops[i], this);
    }
  }

  /** FNV-1a with a finish that spreads it: the same on every instance. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    return hash ^ (hash >>> 31);
  }

  Target target() {
    return target;
  }

  TargetGroup group() {
    return group;
  }

  InetSocketAddress address() {
    return address;
  }

  /** What stands for it in cookies. */
  long hash() {
    return hash;
  }

  TargetPool pool(int loop) {
    return pools[loop];
  }

  boolean isDraining() {
    return draining;
  }

  int inFlight() {
    return inFlight.get();
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

  /** Takes note of what ends a flow, until {@link #flowEnded}. */
  void flowBegan(Runnable end) {
    flows.add(end);
  }

  void flowEnded(Runnable end) {
    flows.remove(end);
  }

  /** Ends everything that is under way. */
  void terminate() {
    flows.forEach(Runnable::run);
    for (TargetPool pool : pools) {
      pool.loop().execute(pool::closeAll);
    }
  }

  /** Closes connections that nothing uses, and lets the others end. */
  void closeIdle() {
    for (TargetPool pool : pools) {
      pool.loop().execute(pool::close);
    }
  }

  private void tellIdle() {
    Runnable whenIdle = idle.getAndSet(null);
    if (whenIdle != null) {
      whenIdle.run();
    }
  }
}

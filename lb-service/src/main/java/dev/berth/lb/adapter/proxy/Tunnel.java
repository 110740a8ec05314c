package dev.berth.lb.adapter.proxy;

import io.vertx.core.net.NetSocket;

/** An upgraded connection: bytes both ways, no faster than the slower end takes them. */
final class Tunnel {
  private final NetSocket client;
  private final NetSocket target;
  private final Runnable activity;
  private final Runnable closed;

  /**
   * @param closed called whenever an end closes, perhaps twice
   */
  Tunnel(NetSocket client, NetSocket target, Runnable activity, Runnable closed) {
    this.client = client;
    this.target = target;
    this.activity = activity;
    this.closed = closed;
  }

  /** Starts to pass bytes on; the target's socket is paused until then. */
  void open() {
    connect(client, target);
    connect(target, client);
    target.resume();
  }

  void close() {
    client.close();
    target.close();
    closed.run();
  }

  private void connect(NetSocket from, NetSocket to) {
    from.handler(
        chunk -> {
          activity.run();
          to.write(chunk);
          if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(v -> from.resume());
          }
        });
    from.exceptionHandler(failed -> close());
    from.closeHandler(v -> close());
  }
}

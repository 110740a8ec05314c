package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.ProtocolVersion;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One loop's connections to one target. Used on that loop only. */
@SuppressWarnings("FutureReturnValueIgnored")
final class TargetPool {
  /** Hears of a stream to a target, or of why there is none. */
  interface Taker {
    /**
     * @param failure null if there is a stream
     */
    void taken(TargetStream stream, Throwable failure);
  }

  private final ProxyLoop loop;
  private final Upstream upstream;
  private final ArrayDeque<Http1Target> idle = new ArrayDeque<>(2);
  private final List<Channel> open = new ArrayList<>(2);
  private final Http2Targets http2;
  private boolean closed;

  TargetPool(ProxyLoop loop, Upstream upstream) {
    this.loop = loop;
    this.upstream = upstream;
    this.http2 =
        upstream.group().version() == ProtocolVersion.HTTP1 ? null : new Http2Targets(this);
  }

  ProxyLoop loop() {
    return loop;
  }

  Upstream upstream() {
    return upstream;
  }

  /** A stream on a connection that is there, or on a new one. */
  void take(Taker taker) {
    if (http2 != null) {
      http2.take(taker);
      return;
    }
    for (Http1Target kept = idle.pollLast(); kept != null; kept = idle.pollLast()) {
      if (kept.channel().isActive()) {
        taker.taken(kept, null);
        return;
      }
    }
    Http1Target fresh = new Http1Target(this);
    connect(
        channel -> channel.pipeline().addLast(fresh.decoder(), new Http1Encoder(), fresh),
        (channel, failure) -> taker.taken(failure == null ? fresh : null, failure));
  }

  /** Sets up a connection's pipeline behind TLS, if there is any. */
  interface Setup {
    void on(Channel channel);
  }

  /** Hears of a connection, or of why there is none. */
  interface Connected {
    void connected(Channel channel, Throwable failure);
  }

  void connect(Setup setup, Connected then) {
    if (open.size() >= loop.connectionsPerTarget() || !loop.room().isForTarget()) {
      then.connected(null, new TooManyConnectionsException());
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.eventLoop())
            .channelFactory(loop.transport().client(upstream.address()))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) loop.settings().connect().toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    loop.tls().toTarget(upstream.group(), upstream.address(), channel);
                    setup.on(channel);
                  }
                });
    ChannelFuture connecting = bootstrap.connect(upstream.address());
    Channel channel = connecting.channel();
    open.add(channel);
    loop.room().opened();
    channel
        .closeFuture()
        .addListener(
            v -> {
              open.remove(channel);
              loop.room().closed();
            });
    connecting.addListener(
        result -> {
          if (!result.isSuccess()) {
            then.connected(null, result.cause());
            return;
          }
          Future<?> handshake = TlsContexts.handshake(channel);
          if (handshake == null) {
            then.connected(channel, null);
          } else {
            handshake.addListener(
                done -> then.connected(channel, done.isSuccess() ? null : done.cause()));
          }
        });
  }

  /** A connection that can take another request. */
  void keep(Http1Target connection) {
    if (closed || upstream.isDraining()) {
      connection.channel().close();
    } else {
      idle.addLast(connection);
      loop.keeping(this);
    }
  }

  /**
   * Closes what nobody has used for too long.
   *
   * @return whether connections are left that may become too old
   */
  boolean sweep(long now, long keepNanos) {
    for (Http1Target oldest = idle.peekFirst(); oldest != null; oldest = idle.peekFirst()) {
      if (oldest.channel().isActive() && now - oldest.lastUsed() < keepNanos) {
        break;
      }
      idle.pollFirst();
      oldest.channel().close();
    }
    boolean left = http2 != null && http2.sweep(now, keepNanos);
    return left || !idle.isEmpty();
  }

  /** Closes connections that nothing uses now, and the others when they are through. */
  void close() {
    closed = true;
    idle.forEach(connection -> connection.channel().close());
    idle.clear();
    if (http2 != null) {
      http2.close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  void closeAll() {
    List.copyOf(open).forEach(Channel::close);
  }

  /** The target has as many connections as it may have. */
  static final class TooManyConnectionsException extends Exception {
    private static final long serialVersionUID = 1;

    TooManyConnectionsException() {
      super("The target has as many connections as it may have", null, false, false);
    }
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** One loop's connections of HTTP/2 to one target, each with many streams. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Targets {
  /** Streams on one connection, if the target doesn't allow fewer. */
  private static final long STREAMS = 100;

  private final TargetPool pool;
  private final List<Connection> connections = new ArrayList<>(1);
  private final ArrayDeque<TargetPool.Taker> waiting = new ArrayDeque<>(1);
  private boolean connecting;

  Http2Targets(TargetPool pool) {
    this.pool = pool;
  }

  void take(TargetPool.Taker taker) {
    for (Connection connection : connections) {
      if (connection.hasRoom()) {
        connection.stream(taker);
        return;
      }
    }
    waiting.addLast(taker);
    if (!connecting) {
      connect();
    }
  }

  /** Whether connections are left that may become too old. */
  boolean sweep(long now, long keepNanos) {
    for (Connection connection : List.copyOf(connections)) {
      if (connection.streams == 0 && now - connection.lastUsed >= keepNanos) {
        connection.leave();
      }
    }
    return !connections.isEmpty();
  }

  void close() {
    List.copyOf(connections).forEach(Connection::leave);
  }

  private void connect() {
    connecting = true;
    Connection connection = new Connection();
    pool.connect(
        channel ->
            channel
                .pipeline()
                .addLast(
                    Http2FrameCodecBuilder.forClient()
                        .initialSettings(
                            Http2Settings.defaultSettings()
                                .pushEnabled(false)
                                .initialWindowSize(256 * 1024)
                                .maxHeaderListSize(64 * 1024))
                        .build(),
                    new Http2MultiplexHandler(new Refusal()),
                    connection),
        (channel, failure) -> connected(connection, failure));
  }

  private void connected(Connection connection, Throwable failure) {
    connecting = false;
    if (failure == null) {
      connections.add(connection);
      pool.loop().keeping(pool);
    }
    List<TargetPool.Taker> takers = new ArrayList<>(waiting);
    waiting.clear();
    for (TargetPool.Taker taker : takers) {
      if (failure != null) {
        taker.taken(null, failure);
      } else {
        take(taker);
      }
    }
  }

  /** A connection; hears of what isn't about one stream. */
  private final class Connection extends ChannelInboundHandlerAdapter {
    private Channel channel;
    private long allowed = STREAMS;
    private int streams;
    private boolean leaving;
    private long lastUsed;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      channel = context.channel();
      lastUsed = pool.loop().now();
    }

    boolean hasRoom() {
      return !leaving && channel.isActive() && streams < allowed;
    }

    void stream(TargetPool.Taker taker) {
      streams++;
      Http2Target stream = new Http2Target(this::ended);
      new Http2StreamChannelBootstrap(channel)
          .handler(
              new ChannelInitializer<Http2StreamChannel>() {
                @Override
                protected void initChannel(Http2StreamChannel opened) {
                  opened
                      .pipeline()
                      .addLast(new Http2StreamFrameToHttpObjectCodec(false, true), stream);
                }
              })
          .open()
          .addListener(
              result -> {
                if (result.isSuccess()) {
                  taker.taken(stream, null);
                } else {
                  ended();
                  taker.taken(null, result.cause());
                }
              });
    }

    private void ended() {
      streams--;
      lastUsed = pool.loop().now();
      if (streams == 0 && (leaving || pool.isClosed() || pool.upstream().isDraining())) {
        leave();
      }
    }

    void leave() {
      leaving = true;
      connections.remove(this);
      if (streams == 0) {
        channel.close();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof Http2SettingsFrame settings) {
        Long most = settings.settings().maxConcurrentStreams();
        allowed = most == null ? STREAMS : Math.min(STREAMS, most);
      } else if (message instanceof Http2GoAwayFrame) {
        leave();
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      leaving = true;
      connections.remove(this);
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Targets don't open streams. */
  private static final class Refusal extends ChannelInitializer<Http2StreamChannel> {
    @Override
    protected void initChannel(Http2StreamChannel channel) {
      channel.close();
    }
  }
}

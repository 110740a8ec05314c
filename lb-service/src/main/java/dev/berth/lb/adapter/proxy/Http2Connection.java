package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;

/** A client's connection of HTTP/2: opens and closes with it, and knows its streams. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Connection extends ChannelInboundHandlerAdapter implements Swept {
  private final ProxyLoop loop;
  private final ListeningPort port;
  private final SSLSession tls;
  private final long since;
  private final List<Http2Client> streams = new ArrayList<>(2);
  private Channel channel;
  private String remoteText;
  private long idleSince;
  private boolean leaving;
  private int slot;

  Http2Connection(ProxyLoop loop, ListeningPort port, SSLSession tls) {
    this.loop = loop;
    this.port = port;
    this.tls = tls;
    this.since = loop.now();
    this.idleSince = since;
  }

  /** Puts everything that HTTP/2 needs at the end of a pipeline. */
  void addTo(Channel to) {
    to.pipeline()
        .addLast(
            new Http2Codec(loop.settings().maxHeaderSize()).build(),
            new Http2MultiplexHandler(
                new ChannelInitializer<Http2StreamChannel>() {
                  @Override
                  protected void initChannel(Http2StreamChannel stream) {
                    Http2Client client = new Http2Client(Http2Connection.this);
                    streams.add(client);
                    stream.pipeline().addLast(client);
                  }
                }),
            this);
  }

  void ended(Http2Client stream) {
    streams.remove(stream);
    idleSince = loop.now();
    if (streams.isEmpty() && leaving) {
      channel.close();
    }
  }

  ProxyLoop loop() {
    return loop;
  }

  ListeningPort port() {
    return port;
  }

  SSLSession tls() {
    return tls;
  }

  Channel channel() {
    return channel;
  }

  String remoteText() {
    if (remoteText == null) {
      remoteText = ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
    }
    return remoteText;
  }

  /** Says that no new stream is taken, and closes when those there are have ended. */
  void leave() {
    if (leaving) {
      return;
    }
    leaving = true;
    if (streams.isEmpty()) {
      channel.close();
    } else {
      channel.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
    loop.opened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    // Settings, pings and the like: the codec has acted on them.
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    loop.closed(this);
    port.connectionClosed();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // What the client did wrong the codec tells it, and closes; a close from here would say that
    // all was well.
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
      context.close();
    }
  }

  @Override
  public void sweep(long now) {
    for (int i = streams.size() - 1; i >= 0; i--) {
      if (i < streams.size()) {
        streams.get(i).sweep(now);
      }
    }
    boolean silent =
        streams.isEmpty() && now - idleSince >= loop.settings().clientKeepAlive().toNanos();
    if (silent || now - since > port.clientKeepAliveNanos()) {
      leave();
    }
  }

  @Override
  public void leave(ListeningPort from) {
    if (from == port) {
      leave();
    }
  }

  @Override
  public void end(ListeningPort from) {
    if (from == port) {
      channel.close();
    }
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public void slot(int at) {
    slot = at;
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/** A connection of HTTP/1.1 to a target. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http1Target extends ChannelInboundHandlerAdapter implements TargetStream {
  private static final int MAX_HEADER = 64 * 1024;

  private final TargetPool pool;
  private final Decoder decoder = new Decoder();
  private Channel channel;
  private Exchange exchange;
  private long lastUsed;
  private boolean interim;
  private boolean keepAlive;
  private boolean answered;
  private boolean upgraded;
  private boolean keepLater;

  /** Knows what the answer to HEAD looks like. */
  private static final class Decoder extends HttpResponseDecoder {
    private boolean head;

    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(16 * 1024)
              .setMaxHeaderSize(MAX_HEADER)
              .setMaxChunkSize(64 * 1024)
              .setInitialBufferSize(256)
              .setHeadersFactory(HeaderList.FACTORY));
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      return head || super.isContentAlwaysEmpty(message);
    }
  }

  Http1Target(TargetPool pool) {
    this.pool = pool;
  }

  HttpResponseDecoder decoder() {
    return decoder;
  }

  long lastUsed() {
    return lastUsed;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void assign(Exchange next) {
    exchange = next;
    decoder.head = next.isHead();
    answered = false;
  }

  @Override
  public void release(boolean keep) {
    exchange = null;
    lastUsed = pool.loop().now();
    if (keep && answered && keepAlive && channel.isActive()) {
      if (!channel.config().isAutoRead()) {
        channel.config().setAutoRead(true);
      }
      // What is left of this read may be an answer that nobody asked for: nobody must get it.
      keepLater = true;
    } else {
      channel.close();
    }
  }

  /** The connection speaks something else from now on; its bytes are passed as they are. */
  void upgrade() {
    upgraded = true;
    channel.pipeline().remove(Http1Encoder.class);
    channel.pipeline().remove(decoder);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (exchange == null) {
      // Nobody asked: the connection can't be trusted any more.
      ReferenceCountUtil.release(message);
      keepLater = false;
      context.close();
      return;
    }
    if (upgraded) {
      exchange.tunnelFromTarget(message);
    } else if (message instanceof HttpResponse response) {
      head(response);
    } else if (message instanceof HttpContent content) {
      content(content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      exchange.targetFailed(false);
      return;
    }
    int code = response.status().code();
    interim = code >= 100 && code < 200 && code != 101;
    if (!interim) {
      keepAlive = HttpUtil.isKeepAlive(response) && code != 101;
      exchange.answerHead(response);
    }
  }

  private void content(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (interim) {
      interim = !last;
      content.release();
      return;
    }
    if (content.decoderResult().isFailure()) {
      content.release();
      exchange.targetFailed(false);
      return;
    }
    answered = last;
    exchange.answerPart(content);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.targetReadComplete();
    } else if (keepLater) {
      keepLater = false;
      pool.keep(this);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.targetWritable(channel.isWritable());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.targetFailed(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The close that follows tells the exchange.
    context.close();
  }
}

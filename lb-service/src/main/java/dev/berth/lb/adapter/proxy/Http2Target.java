package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/** A stream of HTTP/2 to a target. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Target extends ChannelInboundHandlerAdapter implements TargetStream {
  private final Runnable ended;
  private Channel channel;
  private Exchange exchange;
  private boolean interim;
  private boolean over;

  /**
   * @param ended hears once when the stream is over
   */
  Http2Target(Runnable ended) {
    this.ended = ended;
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
  }

  @Override
  public void release(boolean keep) {
    exchange = null;
    // A stream that isn't through is reset by this; one that is through is gone already.
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (exchange == null) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpResponse response) {
      int code = response.status().code();
      interim = code >= 100 && code < 200;
      if (!interim) {
        exchange.answerHead(response);
      }
    }
    if (message instanceof HttpContent content) {
      if (interim || exchange == null) {
        interim = interim && !(content instanceof LastHttpContent);
        content.release();
      } else {
        exchange.answerPart(content);
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.targetReadComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.targetWritable(channel.isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean untouched =
        event instanceof Http2GoAwayFrame
            || (event instanceof Http2ResetFrame reset
                && reset.errorCode() == Http2Error.REFUSED_STREAM.code());
    ReferenceCountUtil.release(event);
    if (exchange != null && untouched) {
      // The target says that it did nothing with the request.
      exchange.targetFailed(true);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!over) {
      over = true;
      ended.run();
    }
    if (exchange != null) {
      exchange.targetFailed(false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}

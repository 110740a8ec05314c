package dev.berth.lb.adapter.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Looks at the first bytes of a connection in the clear: a client that begins with HTTP/2's preface
 * knows that it may (RFC 9113, section 3.3). Then it is gone.
 */
final class PriorKnowledge extends ByteToMessageDecoder {
  /** No request of HTTP/1 that is served begins so: a method, a space, and nothing after it. */
  private static final String PREFACE = "PRI * HTTP/2.0";

  private final Http1Client http1;

  PriorKnowledge(Http1Client http1) {
    this.http1 = http1;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    int looked = Math.min(in.readableBytes(), PREFACE.length());
    for (int i = 0; i < looked; i++) {
      if (in.getByte(in.readerIndex() + i) != PREFACE.charAt(i)) {
        context.pipeline().remove(this);
        return;
      }
    }
    if (looked == PREFACE.length()) {
      http1.becomeHttp2();
      // What was read goes to the handlers that are behind it now.
      context.pipeline().remove(this);
    }
  }
}

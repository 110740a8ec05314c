package dev.berth.lb.adapter.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;

/**
 * A client's frames as messages of HTTP/1.1. What can't be a request line is refused before Netty's
 * codec makes a message of it: it would lose a buffer with each.
 */
final class StrictStreamCodec extends Http2StreamFrameToHttpObjectCodec {
  StrictStreamCodec() {
    super(true, true);
  }

  @Override
  protected void decode(ChannelHandlerContext context, Http2StreamFrame frame, List<Object> out)
      throws Exception {
    if (frame instanceof Http2HeadersFrame headers) {
      check(headers.headers().method());
      check(headers.headers().path());
    }
    super.decode(context, frame, out);
  }

  private static void check(CharSequence part) {
    for (int i = 0; part != null && i < part.length(); i++) {
      char c = part.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        throw new CodecException("A character that a request line can't have");
      }
    }
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/** Ends of answers. */
final class LastParts {
  private LastParts() {}

  /** The end of an answer whose head was passed on already. */
  static LastHttpContent of(FullHttpResponse whole) {
    if (whole.trailingHeaders().isEmpty() && !whole.content().isReadable()) {
      whole.release();
      return LastHttpContent.EMPTY_LAST_CONTENT;
    }
    DefaultLastHttpContent last = new DefaultLastHttpContent(whole.content());
    last.trailingHeaders().set(whole.trailingHeaders());
    return last;
  }

  /** The answer to HEAD: what GET would be told of, without it. */
  static FullHttpResponse headOnly(FullHttpResponse whole) {
    FullHttpResponse head =
        new DefaultFullHttpResponse(
            whole.protocolVersion(),
            whole.status(),
            Unpooled.EMPTY_BUFFER,
            whole.headers(),
            EmptyHttpHeaders.INSTANCE);
    whole.release();
    return head;
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * An answer on its way from a target to the client; after an upgrade, whatever either side sends.
 * The head waits for what was read together with it, so that a small answer is one write.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class AnswerRelay {
  private final ClientSide client;
  private HttpResponse head;
  private boolean begun;
  private boolean tunnel;

  AnswerRelay(ClientSide client) {
    this.client = client;
  }

  /** Whether the client has, or is about to have, a part of the target's answer. */
  boolean hasBegun() {
    return begun;
  }

  boolean isTunnel() {
    return tunnel;
  }

  /** Its headers are those for the client already. */
  void head(HttpRequest request, HttpResponse from) {
    begun = true;
    client.frame(request, from, Requests.hasNoContent(request.method(), from.status().code()));
    head = from;
  }

  /** A part of the body in its turn, and the duty to release it. */
  void part(HttpContent part, TargetStream from) {
    Channel to = client.channel();
    if (part instanceof LastHttpContent last) {
      if (head != null) {
        to.writeAndFlush(whole(head, last));
        head = null;
      } else {
        to.writeAndFlush(part instanceof FullHttpResponse full ? LastParts.of(full) : part);
      }
      return;
    }
    writeHead();
    to.write(part);
    if (!to.isWritable()) {
      from.channel().config().setAutoRead(false);
    }
  }

  /** All that was read has been passed: the client gets it now. */
  void flush() {
    writeHead();
    client.channel().flush();
  }

  private void writeHead() {
    if (head != null) {
      client.channel().write(plain(head));
      head = null;
    }
  }

  /** Its content comes by itself, also where a codec put both into one. */
  private static HttpResponse plain(HttpResponse head) {
    return head instanceof FullHttpResponse || !head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        ? new DefaultHttpResponse(HttpVersion.HTTP_1_1, head.status(), head.headers())
        : head;
  }

  private static FullHttpResponse whole(HttpResponse head, LastHttpContent end) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, head.status(), end.content(), head.headers(), end.trailingHeaders());
  }

  /** The target agreed to another protocol. */
  void upgrade(HttpResponse agreed, Http1Target target) {
    begun = true;
    HeaderRules.upgrade(agreed.headers());
    client.channel().writeAndFlush(plain(agreed));
    tunnel = true;
    client.upgrade();
    target.upgrade();
  }

  void fromTarget(Object message, TargetStream from) {
    if (message instanceof ByteBuf bytes) {
      client.channel().write(bytes);
      if (!client.channel().isWritable()) {
        from.channel().config().setAutoRead(false);
        client.channel().flush();
      }
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  static void fromClient(Object message, TargetStream to) {
    if (message instanceof ByteBuf bytes && to != null) {
      to.channel().writeAndFlush(bytes);
    } else {
      ReferenceCountUtil.release(message);
    }
  }
}

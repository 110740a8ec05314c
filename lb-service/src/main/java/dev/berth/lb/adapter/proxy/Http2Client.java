package dev.berth.lb.adapter.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLSession;

/** A client's stream of HTTP/2: one request and its answer. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Client extends ChannelDuplexHandler implements ClientSide {
  private final Http2Connection connection;
  private Channel channel;
  private Exchange current;
  private boolean over;

  Http2Client(Http2Connection connection) {
    this.connection = connection;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2HeadersFrame frame) {
      headers(frame);
    } else if (message instanceof Http2DataFrame frame && current != null) {
      current.requestPart(
          frame.isEndStream()
              ? new DefaultLastHttpContent(frame.content(), EmptyHttpHeaders.INSTANCE)
              : new DefaultHttpContent(frame.content()));
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void headers(Http2HeadersFrame frame) {
    if (over) {
      return;
    }
    if (current == null) {
      boolean hasBody = !frame.isEndStream();
      begin(Http2Messages.request(frame.headers(), hasBody), hasBody);
    } else if (frame.isEndStream()) {
      current.requestPart(Http2Messages.end(frame.headers()));
    } else {
      refuse(Http2Error.PROTOCOL_ERROR);
    }
  }

  private void refuse(Http2Error error) {
    over = true;
    connection.loop().rejected();
    channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
  }

  private void begin(HttpRequest request, boolean hasBody) {
    oneHost(request.headers());
    if (!connection.port().beginRequest()) {
      connection.loop().rejected();
      over = true;
      channel.writeAndFlush(Answers.error(503, null));
      answered(!hasBody);
      return;
    }
    current = new Exchange(this, request, hasBody);
    current.start();
  }

  /** {@code :authority} and a Host header that says the same are one (RFC 9113, 8.3.1). */
  private static void oneHost(HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() == 2 && hosts.get(0).equalsIgnoreCase(hosts.get(1))) {
      headers.set(HttpHeaderNames.HOST, hosts.get(0));
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse answer) {
      writeHead(context, answer, promise);
    } else if (message instanceof HttpContent part) {
      writePart(context, part, promise);
    } else {
      context.write(message, promise);
    }
  }

  private static void writeHead(
      ChannelHandlerContext context, HttpResponse answer, ChannelPromise promise) {
    Http2Headers headers = Http2Messages.of(answer);
    if (!(answer instanceof FullHttpResponse whole)) {
      context.write(new DefaultHttp2HeadersFrame(headers, false), promise);
      return;
    }
    boolean interim = answer.status().code() < 200;
    boolean headOnly = !whole.content().isReadable() && whole.trailingHeaders().isEmpty();
    if (interim || headOnly) {
      whole.release();
      context.write(new DefaultHttp2HeadersFrame(headers, !interim), promise);
    } else {
      context.write(new DefaultHttp2HeadersFrame(headers, false));
      writePart(context, whole, promise);
    }
  }

  private static void writePart(
      ChannelHandlerContext context, HttpContent part, ChannelPromise promise) {
    HttpHeaders trailers =
        part instanceof LastHttpContent last ? last.trailingHeaders() : EmptyHttpHeaders.INSTANCE;
    if (trailers.isEmpty()) {
      boolean end = part instanceof LastHttpContent;
      context.write(new DefaultHttp2DataFrame(part.content(), end), promise);
      return;
    }
    if (part.content().isReadable()) {
      context.write(new DefaultHttp2DataFrame(part.content(), false));
    } else {
      part.release();
    }
    context.write(new DefaultHttp2HeadersFrame(Http2Messages.of(trailers), true), promise);
  }

  void sweep(long now) {
    if (current != null) {
      current.sweep(now);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (current != null) {
      current.requestReadComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (current != null) {
      current.clientWritable(channel.isWritable());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connection.ended(this);
    Exchange broken = current;
    current = null;
    over = true;
    if (broken != null) {
      connection.port().endRequest();
      broken.clientGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Http2Exception known = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
    if (known != null) {
      refuse(known.error());
    } else if (cause instanceof IllegalArgumentException) {
      // What can't be said in HTTP/1.1 is no request.
      refuse(Http2Error.PROTOCOL_ERROR);
    } else {
      refuse(Http2Error.INTERNAL_ERROR);
    }
  }

  @Override
  public void frame(HttpRequest request, HttpResponse head, boolean empty) {
    head.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
  }

  @Override
  public void answered(boolean requestRead) {
    if (current != null) {
      connection.port().endRequest();
    }
    current = null;
    over = true;
    if (!requestRead) {
      // RFC 9113, 8.1: the answer is complete without the rest of the request.
      channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
  }

  @Override
  public void abort() {
    channel.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
  }

  @Override
  public void closeAfterAnswer() {
    connection.leave();
  }

  @Override
  public void upgrade() {
    throw new IllegalStateException("A stream of HTTP/2 isn't upgraded");
  }

  @Override
  public void sendContinue() {
    FullHttpResponse go =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    channel.writeAndFlush(go);
  }

  @Override
  public void pause() {
    channel.config().setAutoRead(false);
  }

  @Override
  public void resume() {
    if (!channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public ProxyLoop loop() {
    return connection.loop();
  }

  @Override
  public ListeningPort port() {
    return connection.port();
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public InetSocketAddress remote() {
    return (InetSocketAddress) connection.channel().remoteAddress();
  }

  @Override
  public String remoteText() {
    return connection.remoteText();
  }

  @Override
  public InetSocketAddress local() {
    return (InetSocketAddress) connection.channel().localAddress();
  }

  @Override
  public SSLSession tls() {
    return connection.tls();
  }

  @Override
  public boolean isHttp2() {
    return true;
  }
}

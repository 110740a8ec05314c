package dev.berth.lb.adapter.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SSLSession;

/** A client's stream of HTTP/2: one request and its answer. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Client extends ChannelInboundHandlerAdapter implements ClientSide {
  private static final AsciiString SCHEME = HttpConversionUtil.ExtensionHeaderNames.SCHEME.text();

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
    if (message instanceof HttpRequest request && current == null && !over) {
      begin(request);
      if (message instanceof FullHttpMessage) {
        ReferenceCountUtil.release(message);
      }
    } else if (message instanceof HttpContent part && current != null) {
      current.requestPart(part);
    } else {
      if (current == null && !over) {
        // Headers without a method: the codec takes them for trailers.
        refuse(Http2Error.PROTOCOL_ERROR);
      }
      ReferenceCountUtil.release(message);
    }
  }

  private void refuse(Http2Error error) {
    over = true;
    connection.loop().rejected();
    channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
  }

  private void begin(HttpRequest request) {
    if (!request.headers().contains(SCHEME)) {
      refuse(Http2Error.PROTOCOL_ERROR);
      return;
    }
    oneHost(request.headers());
    boolean hasBody = !(request instanceof FullHttpMessage);
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
    } else if (cause instanceof CodecException || cause instanceof IllegalArgumentException) {
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

package dev.berth.lb.adapter.proxy;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import javax.net.ssl.SSLSession;

/** A client's connection of HTTP/1.1; its requests are answered one after the other. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http1Client extends ChannelInboundHandlerAdapter implements ClientSide, Swept {
  /** Parts of requests that came before their turn; with more, no more is read. */
  private static final int WAITING_AT_MOST = 64;

  private final ProxyLoop loop;
  private final ListeningPort port;
  private final boolean surplus;
  private final Http1Encoder encoder = new Http1Encoder();
  private final long since;
  private final StrictRequestDecoder decoder;
  private Channel channel;
  private InetSocketAddress remote;
  private String remoteText;
  private SSLSession tls;
  private Exchange current;
  private ArrayDeque<Object> waiting;
  private long idleSince;
  private boolean reading;
  private boolean oldVersion;
  private boolean closeAfter;
  private boolean discarding;
  private boolean upgraded;
  private boolean draining;
  private int slot;

  Http1Client(ProxyLoop loop, ListeningPort port, boolean surplus, SSLSession tls) {
    this.loop = loop;
    this.port = port;
    this.surplus = surplus;
    this.tls = tls;
    this.decoder = new StrictRequestDecoder(loop.settings().maxHeaderSize());
    this.since = loop.now();
    this.idleSince = since;
  }

  /** The client speaks HTTP/2: this leaves the pipeline to what does, too. */
  void becomeHttp2() {
    loop.closed(this);
    channel.pipeline().remove(decoder);
    channel.pipeline().remove(encoder);
    channel.pipeline().remove(this);
    new Http2Connection(loop, port, null).addTo(channel);
  }

  /** Puts everything that HTTP/1.1 needs at the end of a pipeline. */
  void addTo(Channel to) {
    to.pipeline().addLast(decoder, encoder, this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
    remote = (InetSocketAddress) channel.remoteAddress();
    loop.opened(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (upgraded && current != null) {
      current.tunnelFromClient(message);
    } else if (discarding || upgraded) {
      ReferenceCountUtil.release(message);
    } else if (current != null && !reading) {
      await(message);
    } else {
      take(message);
    }
  }

  private void await(Object message) {
    if (waiting == null) {
      waiting = new ArrayDeque<>();
    }
    waiting.addLast(message);
    if (waiting.size() > WAITING_AT_MOST) {
      channel.config().setAutoRead(false);
    }
  }

  private void take(Object message) {
    if (message instanceof HttpRequest request) {
      begin(request);
    } else if (message instanceof HttpContent part) {
      if (part instanceof LastHttpContent) {
        reading = false;
      }
      if (part.decoderResult().isFailure()) {
        part.release();
        brokenBody();
      } else if (current != null) {
        current.requestPart(part);
      } else {
        part.release();
      }
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      int code = codeOf(request.decoderResult().cause());
      loop.unreadable(code, request, this);
      ReferenceCountUtil.release(request);
      refuse(code);
      return;
    }
    reading = true;
    oldVersion = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    encoder.asked(request.method());
    closeAfter = !HttpUtil.isKeepAlive(request);
    if (surplus || !port.beginRequest()) {
      loop.rejected();
      refuse(503);
      return;
    }
    current = new Exchange(this, request, Requests.hasBody(request.headers()));
    current.start();
  }

  private static int codeOf(Throwable cause) {
    if (cause instanceof TooLongFrameException) {
      return cause.getClass().getSimpleName().startsWith("TooLongHttpLine") ? 414 : 431;
    }
    return 400;
  }

  private void refuse(int code) {
    loop.rejected();
    FullHttpResponse answer = Answers.error(code, null);
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    channel.writeAndFlush(answer);
    linger();
  }

  private void brokenBody() {
    if (current != null) {
      // What the target has of it can't be completed: its connection must not be used again.
      Exchange broken = current;
      current = null;
      port.endRequest();
      if (broken.requestBroken()) {
        refuse(400);
      } else {
        // A second answer inside the first one would be taken for a part of it.
        channel.close();
      }
    }
  }

  /** Closes after the client had a moment to read its answer; what it still sends is dropped. */
  private void linger() {
    discarding = true;
    channel.config().setAutoRead(true);
    loop.closeSoon(channel);
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
    loop.closed(this);
    port.connectionClosed();
    if (waiting != null) {
      waiting.forEach(ReferenceCountUtil::release);
      waiting = null;
    }
    Exchange broken = current;
    current = null;
    if (broken != null) {
      port.endRequest();
      broken.clientGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  @Override
  public void frame(HttpRequest request, HttpResponse head, boolean empty) {
    HttpHeaders headers = head.headers();
    boolean chunked = HttpUtil.isTransferEncodingChunked(head);
    if (chunked) {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
      if (oldVersion || empty) {
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        closeAfter |= !empty;
      }
    } else if (!empty && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      if (oldVersion) {
        closeAfter = true;
      } else {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      }
    }
    boolean old = loop.now() - since > port.clientKeepAliveNanos();
    boolean ownAnswerToUnread =
        head instanceof FullHttpResponse && current != null && !current.isRequestRead();
    closeAfter |= port.isClosing() || old || ownAnswerToUnread;
    if (closeAfter) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (oldVersion) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  @Override
  public void answered(boolean requestRead) {
    if (current != null) {
      port.endRequest();
    }
    current = null;
    idleSince = loop.now();
    if (!requestRead) {
      linger();
    } else if (closeAfter) {
      discarding = true;
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      resume();
      takeWaiting();
    }
  }

  private void takeWaiting() {
    if (waiting == null || draining) {
      return;
    }
    draining = true;
    while (current == null || reading) {
      Object next = waiting.pollFirst();
      if (next == null) {
        break;
      }
      channelRead(null, next);
      if (discarding) {
        break;
      }
    }
    draining = false;
  }

  @Override
  public void abort() {
    channel.close();
  }

  @Override
  public void upgrade() {
    upgraded = true;
    channel.pipeline().remove(encoder);
    channel.pipeline().remove(decoder);
  }

  @Override
  public void sendContinue() {
    channel.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
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
  public void closeAfterAnswer() {
    closeAfter = true;
  }

  @Override
  public void leave(ListeningPort from) {
    if (from != port) {
      return;
    }
    if (current == null) {
      channel.close();
    } else {
      closeAfter = true;
    }
  }

  @Override
  public void end(ListeningPort from) {
    if (from == port) {
      channel.close();
    }
  }

  @Override
  public void sweep(long now) {
    if (current != null) {
      current.sweep(now);
    } else if (now - idleSince >= loop.settings().clientKeepAlive().toNanos()) {
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

  @Override
  public ProxyLoop loop() {
    return loop;
  }

  @Override
  public ListeningPort port() {
    return port;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public InetSocketAddress remote() {
    return remote;
  }

  @Override
  public String remoteText() {
    if (remoteText == null) {
      remoteText = remote.getAddress().getHostAddress();
    }
    return remoteText;
  }

  @Override
  public InetSocketAddress local() {
    return (InetSocketAddress) channel.localAddress();
  }

  @Override
  public SSLSession tls() {
    return tls;
  }

  @Override
  public boolean isHttp2() {
    return false;
  }
}

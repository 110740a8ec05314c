package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.CompiledRule;
import dev.berth.lb.domain.Stickiness;
import dev.berth.lb.domain.TargetGroupSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A flow of TCP, or of TLS that ends here: bytes both ways, no faster than the slower end takes
 * them. A half-closed end is passed on as one.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class TcpRelay extends ChannelInboundHandlerAdapter implements Swept {
  private final ProxyLoop loop;
  private final ListeningPort port;
  private final String serverName;
  private final FlowLog log;
  private Site site;
  private final Runnable end = this::endSoon;
  private Channel client;
  private Channel target;
  private Upstream upstream;
  private RouteMetrics metrics = RouteMetrics.NONE;
  private GroupBalancer group;
  private List<Upstream> tried = List.of();
  private long idleNanos;
  private long lastActivity;
  private final long started = System.nanoTime();
  private final ArrayDeque<ByteBuf> early = new ArrayDeque<>(1);
  private boolean clientEnded;
  private boolean targetEnded;
  private boolean flowing;
  private boolean closed;
  private int slot;

  /**
   * @param log what is noted of a flow of TLS; null for other ones
   */
  TcpRelay(ProxyLoop loop, ListeningPort port, String serverName, FlowLog log) {
    this.log = log;
    this.loop = loop;
    this.port = port;
    this.serverName = serverName;
  }

  void addTo(Channel channel) {
    client = channel;
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(this);
    loop.opened(this);
    start();
  }

  private void start() {
    lastActivity = loop.now();
    site = port.siteOf(serverName);
    CompiledRule rule = site == null ? null : site.find(null);
    if (rule == null || !(rule.rule().action() instanceof Action.Forward forward)) {
      client.close();
      return;
    }
    idleNanos = site.listener().settings().tcpIdle().toNanos();
    group = Weights.choose(forward, site, null, loop.epochSeconds());
    if (group == null) {
      client.close();
      return;
    }
    metrics = site.metrics(group);
    attempt();
  }

  private void attempt() {
    upstream = pick();
    if (upstream == null) {
      loop.rejected();
      client.close();
      return;
    }
    upstream.requests.increment();
    connect(upstream.group().settings().preserveClientIp());
  }

  private Upstream pick() {
    boolean sticky =
        group.group() != null
            && group.group().settings().stickiness().type() == Stickiness.Type.SOURCE_IP;
    if (sticky && tried.isEmpty()) {
      return group.acquireByKey(Upstream.hash(remote().getAddress().getHostAddress()));
    }
    return group.acquire(loop.index(), loop.now(), tried);
  }

  private void connect(boolean fromClientsAddress) {
    Upstream to = upstream;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.eventLoop())
            .channelFactory(loop.transport().client(fromClientsAddress ? null : to.address()))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.AUTO_READ, false)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) loop.settings().connect().toMillis())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    loop.tls().toTarget(to.group(), to.address(), channel);
                  }
                });
    if (fromClientsAddress) {
      if (loop.transport().epoll() && !remote().getAddress().isLoopbackAddress()) {
        bootstrap.option(EpollChannelOption.IP_TRANSPARENT, true);
      }
      bootstrap.localAddress(new InetSocketAddress(remote().getAddress(), 0));
    }
    ChannelFuture connecting = bootstrap.connect(to.address());
    loop.room().opened();
    connecting.channel().closeFuture().addListener(v -> loop.room().closed());
    connecting.addListener(
        (ChannelFutureListener)
            result -> connected(to, result.channel(), result.cause(), fromClientsAddress));
  }

  private void connected(
      Upstream to, Channel channel, Throwable failure, boolean fromClientsAddress) {
    if (failure == null && !client.isActive()) {
      channel.close();
      release(to);
      return;
    }
    if (failure == null) {
      open(channel);
      return;
    }
    if (fromClientsAddress) {
      // The network doesn't let this machine speak for the client.
      connect(false);
      return;
    }
    to.errors.increment();
    release(to);
    List<Upstream> more = new ArrayList<>(tried);
    more.add(to);
    tried = more;
    if (client.isActive() && tried.size() < loop.settings().maxAttempts()) {
      metrics.retried();
      attempt();
    } else {
      client.close();
    }
  }

  private void release(Upstream from) {
    if (upstream == from) {
      upstream = null;
      from.release();
    }
  }

  private void open(Channel channel) {
    target = channel;
    upstream.flowBegan(end);
    TargetGroupSettings settings = upstream.group().settings();
    if (settings.proxyProtocol()) {
      channel.pipeline().addFirst(HAProxyMessageEncoder.INSTANCE);
      channel.writeAndFlush(origin());
      channel.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
    }
    channel.pipeline().addLast(new TargetEnd());
    Future<Channel> handshake = TlsContexts.handshake(channel);
    if (handshake == null) {
      flow();
    } else {
      channel.config().setAutoRead(true);
      handshake.addListener(
          done -> {
            if (done.isSuccess()) {
              flow();
            } else {
              endNow();
            }
          });
    }
  }

  private void flow() {
    flowing = true;
    early.forEach(target::write);
    early.clear();
    target.flush();
    client.config().setAutoRead(true);
    target.config().setAutoRead(true);
    if (clientEnded) {
      shutOutput(target);
    }
  }

  private HAProxyMessage origin() {
    InetSocketAddress from = remote();
    InetSocketAddress to = (InetSocketAddress) client.localAddress();
    return new HAProxyMessage(
        HAProxyProtocolVersion.V2,
        HAProxyCommand.PROXY,
        from.getAddress() instanceof Inet6Address
            ? HAProxyProxiedProtocol.TCP6
            : HAProxyProxiedProtocol.TCP4,
        from.getAddress().getHostAddress(),
        to.getAddress().getHostAddress(),
        from.getPort(),
        to.getPort());
  }

  private InetSocketAddress remote() {
    return (InetSocketAddress) client.remoteAddress();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (log != null && message instanceof ByteBuf bytes) {
      log.received(bytes.readableBytes());
    }
    if (!flowing && message instanceof ByteBuf bytes) {
      // What was read before there was anybody to pass it to.
      early.add(bytes);
    } else {
      pass(message, target, client);
    }
  }

  private void pass(Object message, Channel to, Channel from) {
    if (!(message instanceof ByteBuf)) {
      ReferenceCountUtil.release(message);
      return;
    }
    lastActivity = loop.now();
    to.write(message);
    if (!to.isWritable()) {
      from.config().setAutoRead(false);
      to.flush();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (target != null) {
      target.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (client.isWritable() && target != null) {
      target.config().setAutoRead(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      clientEnded = true;
      halfClosed(target);
    }
    ReferenceCountUtil.release(event);
  }

  /** An end has said all it has to say; when both have, the flow is over. */
  private void halfClosed(Channel other) {
    if (clientEnded && targetEnded) {
      client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else if (flowing) {
      shutOutput(other);
    }
  }

  private static void shutOutput(Channel channel) {
    if (channel.pipeline().get(SslHandler.class) != null) {
      // TLS has no half-closed connections that both ends understand.
      return;
    }
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(written -> ((DuplexChannel) channel).shutdownOutput());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (closed) {
      return;
    }
    closed = true;
    loop.closed(this);
    port.connectionClosed();
    early.forEach(ByteBuf::release);
    early.clear();
    closeTarget();
    long lasted = System.nanoTime() - started;
    metrics.done(0, lasted);
    if (log != null && site != null && site.isLogged()) {
      loop.ended(log, site, lasted);
    }
  }

  private void closeTarget() {
    if (target != null) {
      target.flush();
      target.close();
    }
    Upstream from = upstream;
    if (from != null && target != null) {
      from.flowEnded(end);
      release(from);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }

  /** The target's end of the flow. */
  private final class TargetEnd extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (log != null && message instanceof ByteBuf bytes) {
        log.sent(bytes.readableBytes());
      }
      pass(message, client, target);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      client.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (target.isWritable()) {
        client.config().setAutoRead(true);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        targetEnded = true;
        halfClosed(client);
      }
      ReferenceCountUtil.release(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      client.flush();
      client.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private void endSoon() {
    loop.execute(this::endNow);
  }

  private void endNow() {
    client.close();
  }

  @Override
  public void sweep(long now) {
    // Until it flows, the time-out of connecting is the one that counts.
    if (flowing && now - lastActivity >= idleNanos) {
      client.close();
    }
  }

  @Override
  public void leave(ListeningPort from) {
    // A flow has no end that could be waited for; it may go on until the port is gone.
  }

  @Override
  public void end(ListeningPort from) {
    if (from == port) {
      client.close();
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

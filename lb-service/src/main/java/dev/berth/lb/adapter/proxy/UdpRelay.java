package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.CompiledRule;
import dev.berth.lb.domain.Stickiness;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A UDP port: datagrams of one client's address and port are one flow, which stays with its target.
 * Lives on one loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class UdpRelay extends SimpleChannelInboundHandler<DatagramPacket> {
  /** ELB: the idle time-out of UDP flows. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private static final long SWEEP_SECONDS = 10;

  /** Datagrams that wait for the flow's socket. */
  private static final int EARLY_AT_MOST = 16;

  private final ProxyLoop loop;
  private final ListeningPort port;
  private final Map<InetSocketAddress, Flow> flows = new HashMap<>();
  private Channel channel;

  UdpRelay(ProxyLoop loop, ListeningPort port) {
    this.loop = loop;
    this.port = port;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    var unused =
        context
            .executor()
            .scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    Flow flow = flows.get(packet.sender());
    if (flow == null || flow.upstream.isDraining() || !flow.toTarget.isOpen()) {
      if (flow != null) {
        flow.close();
      }
      flow = open(packet.sender());
    }
    if (flow != null) {
      flow.lastActivity = loop.now();
      flow.send(packet.content().retain());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // One datagram's trouble isn't the port's.
    loop.rejected();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    List.copyOf(flows.values()).forEach(Flow::close);
  }

  private Flow open(InetSocketAddress from) {
    Site site = port.siteOf(null);
    CompiledRule rule = site == null ? null : site.find(null);
    if (rule == null
        || !(rule.rule().action() instanceof Action.Forward forward)
        || flows.size() >= loop.settings().maxConnectionsPerListener()) {
      loop.rejected();
      return null;
    }
    GroupBalancer group = Weights.choose(forward, site, null, loop.epochSeconds());
    Upstream upstream = group == null ? null : pick(group, from);
    if (upstream == null) {
      loop.rejected();
      return null;
    }
    upstream.requests.increment();
    Flow flow = new Flow(from, upstream);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(loop.transport().datagram())
            .handler(flow)
            .connect(upstream.address());
    flow.toTarget = connecting.channel();
    flow.toTarget.closeFuture().addListener(v -> flow.closed());
    connecting.addListener(v -> flow.ready());
    flows.put(from, flow);
    upstream.flowBegan(flow.end);
    return flow;
  }

  private Upstream pick(GroupBalancer group, InetSocketAddress from) {
    boolean bySource =
        group.group() != null
            && group.group().settings().stickiness().type() == Stickiness.Type.SOURCE_IP;
    String key = from.getAddress().getHostAddress() + (bySource ? "" : ":" + from.getPort());
    return group.acquireByKey(Upstream.hash(key));
  }

  private void sweep() {
    long now = loop.now();
    for (Flow flow : List.copyOf(flows.values())) {
      if (flow.upstream.isDraining() || now - flow.lastActivity >= IDLE_NANOS) {
        flow.close();
      }
    }
  }

  /** One client's datagrams, and those that come back. */
  private final class Flow extends SimpleChannelInboundHandler<DatagramPacket> {
    private final InetSocketAddress from;
    private final Upstream upstream;
    private final Runnable end = this::endSoon;
    private Channel toTarget;
    private long lastActivity = loop.now();
    private boolean over;
    private List<ByteBuf> early = new ArrayList<>(1);

    Flow(InetSocketAddress from, Upstream upstream) {
      this.from = from;
      this.upstream = upstream;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      lastActivity = loop.now();
      channel.write(new DatagramPacket(packet.content().retain(), from));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      channel.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // The target's port is closed: the next datagram tries anew.
      upstream.errors.increment();
      close();
    }

    private void endSoon() {
      loop.execute(this::close);
    }

    void send(ByteBuf datagram) {
      if (early == null) {
        toTarget.writeAndFlush(datagram);
      } else if (early.size() < EARLY_AT_MOST) {
        early.add(datagram);
      } else {
        // As any network does with what it can't take.
        datagram.release();
      }
    }

    void ready() {
      List<ByteBuf> held = early;
      early = null;
      held.forEach(toTarget::writeAndFlush);
    }

    void close() {
      toTarget.close();
    }

    void closed() {
      if (!over) {
        over = true;
        flows.remove(from, this);
        upstream.flowEnded(end);
        upstream.release();
      }
    }
  }
}

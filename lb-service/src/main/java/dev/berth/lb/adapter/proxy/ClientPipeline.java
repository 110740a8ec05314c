package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Protocol;
import io.micrometer.core.instrument.Counter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import javax.net.ssl.SSLSession;

/** What becomes of a new connection to a listener. */
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientPipeline extends ChannelInitializer<Channel> {
  private static final long HANDSHAKE_MILLIS = 10_000;

  /** What was agreed on with a client, beside what its session knows. */
  static final AttributeKey<Handshake> HANDSHAKE =
      AttributeKey.valueOf(ClientPipeline.class, "handshake");

  /**
   * What a client asked for and was shown.
   *
   * @param serverName null when the client named none
   * @param nanos from the connection to the end of the handshake
   */
  record Handshake(String serverName, String certificateArn, long nanos) {}

  private final NettyDataPlane plane;
  private final ListeningPort port;
  private final Counter tlsFailures;

  ClientPipeline(NettyDataPlane plane, ListeningPort port, Counter tlsFailures) {
    this.plane = plane;
    this.port = port;
    this.tlsFailures = tlsFailures;
  }

  @Override
  protected void initChannel(Channel channel) {
    ProxyLoop loop = plane.loop(channel.eventLoop());
    int most = loop.settings().maxConnectionsPerListener();
    int connections = port.connectionOpened();
    ListeningPort.Served served = port.served();
    Room.Admission admission = loop.room().admit(connections);
    if (connections > 2 * (long) most || served == null || admission == Room.Admission.CLOSED) {
      // Even to say no would cost more than there is.
      refuse(loop, channel);
      return;
    }
    boolean surplus = connections > most || admission == Room.Admission.BUSY;
    Protocol protocol = port.protocol();
    if (!protocol.isEncrypted()) {
      if (protocol == Protocol.HTTP) {
        Http1Client client = new Http1Client(loop, port, surplus, null);
        if (!surplus && served.http2()) {
          channel.pipeline().addLast(new PriorKnowledge(client));
        }
        client.addTo(channel);
      } else if (surplus) {
        refuse(loop, channel);
      } else {
        new TcpRelay(loop, port, null, null).addTo(channel);
      }
      return;
    }
    TlsContexts.Names names = served.tls();
    if (surplus || names == null || names.byDefault() == null) {
      refuse(loop, channel);
      return;
    }
    ServerName serverName = new ServerName(names);
    channel.pipeline().addLast(serverName);
    channel.pipeline().addLast(new Negotiated(loop, serverName));
  }

  private void refuse(ProxyLoop loop, Channel channel) {
    channel.closeFuture().addListener(v -> port.connectionClosed());
    loop.rejected();
    channel.close();
  }

  /** Chooses what is shown by the name that the client asks for. */
  private static final class ServerName extends SniHandler {
    private final TlsContexts.Names names;
    private final long since = System.nanoTime();

    ServerName(TlsContexts.Names names) {
      super((String name) -> contextOf(names, name), HANDSHAKE_MILLIS);
      this.names = names;
    }

    private static SslContext contextOf(TlsContexts.Names names, String name) {
      TlsContexts.Named shown = names.of(name);
      return shown == null ? null : shown.context();
    }

    /** Notes what was asked for and shown where the access log finds it. */
    void note(Channel channel) {
      TlsContexts.Named shown = names.of(hostname());
      channel
          .attr(HANDSHAKE)
          .set(
              new Handshake(
                  hostname(),
                  shown == null ? null : shown.certificate().arn(),
                  System.nanoTime() - since));
    }
  }

  /** Goes on with the protocol that was agreed on. */
  private final class Negotiated extends ApplicationProtocolNegotiationHandler {
    private final ProxyLoop loop;
    private final ServerName serverName;
    private boolean handedOver;

    Negotiated(ProxyLoop loop, ServerName serverName) {
      super(ApplicationProtocolNames.HTTP_1_1);
      this.loop = loop;
      this.serverName = serverName;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      handedOver = true;
      Channel channel = context.channel();
      serverName.note(channel);
      SslHandler tls = channel.pipeline().get(SslHandler.class);
      SSLSession session = tls.engine().getSession();
      if (port.protocol() == Protocol.TLS) {
        FlowLog log = new FlowLog(channel, tls);
        new TcpRelay(loop, port, serverName.hostname(), log).addTo(channel);
      } else if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
        new Http2Connection(loop, port, session).addTo(channel);
      } else {
        new Http1Client(loop, port, false, session).addTo(channel);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!handedOver) {
        tlsFailures.increment();
      }
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      if (!handedOver) {
        port.connectionClosed();
      }
      super.channelInactive(context);
    }
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * A flow of TLS as access logs of network load balancers have it (ELB: Access logs for your Network
 * Load Balancer); other flows have none there.
 */
final class FlowLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final InetSocketAddress from;
  private final InetSocketAddress to;
  private final ClientPipeline.Handshake handshake;
  private final SSLSession session;
  private final String agreed;
  private long received;
  private long sent;

  /** A flow whose handshake is over. */
  FlowLog(Channel client, SslHandler tls) {
    this.from = (InetSocketAddress) client.remoteAddress();
    this.to = (InetSocketAddress) client.localAddress();
    this.handshake = client.attr(ClientPipeline.HANDSHAKE).get();
    this.session = tls.engine().getSession();
    this.agreed = tls.applicationProtocol();
  }

  /** Bytes of the client, as they were before TLS. */
  void received(int bytes) {
    received += bytes;
  }

  /** Bytes to the client, as they are before TLS. */
  void sent(int bytes) {
    sent += bytes;
  }

  /**
   * The line of a flow that has ended.
   *
   * @param nanos how long it was there after its handshake
   */
  String line(Site site, long nanos, Instant now) {
    long whole = nanos + handshake.nanos();
    String arn = site.listener().listenerArn();
    return String.join(
        " ",
        List.of(
            "tls",
            "2.0",
            TIME.format(now),
            AccessLog.resource(site),
            arn.substring(arn.lastIndexOf('/') + 1),
            address(from),
            address(to),
            millis(whole),
            millis(handshake.nanos()),
            Long.toString(received),
            Long.toString(sent),
            "-",
            or(handshake.certificateArn()),
            "-",
            SecurityPolicy.openSsl(session.getCipherSuite()),
            session.getProtocol().toLowerCase(Locale.ROOT).replace(".", ""),
            "-",
            or(handshake.serverName()),
            or(agreed),
            "-",
            "-",
            TIME.format(now.minusNanos(whole))));
  }

  private static String or(String text) {
    return text == null ? "-" : text;
  }

  private static String millis(long nanos) {
    return Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private static String address(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}

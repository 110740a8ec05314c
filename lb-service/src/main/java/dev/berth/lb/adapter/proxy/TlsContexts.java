package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Certificate;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.ProtocolVersion;
import dev.berth.lb.domain.TargetGroup;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jboss.logging.Logger;

/** TLS to clients, by the name they ask for, and to targets. */
final class TlsContexts {
  private static final Logger LOG = Logger.getLogger(TlsContexts.class);

  private final SslProvider provider;
  private final PrivateKeys keys;
  private final Map<Shown, SslContext> shown = new ConcurrentHashMap<>();
  private final Map<ProtocolVersion, SslContext> toTargets = new ConcurrentHashMap<>();

  /** A certificate as a listener shows it. */
  private record Shown(Certificate certificate, String policy, List<String> protocols) {}

  /**
   * What a port shows: a context for a name.
   *
   * @param byDefault for a client that asks for no name, or for an unknown one; null when there is
   *     no certificate that can be used
   */
  record Names(List<Named> named, Named byDefault) {
    /** What is shown for a server name; null for nothing. */
    Named of(String serverName) {
      if (serverName != null) {
        String name = serverName.toLowerCase(Locale.ROOT);
        for (Named candidate : named) {
          if (candidate.certificate().covers(name)) {
            return candidate;
          }
        }
      }
      return byDefault;
    }
  }

  /** A certificate and what shows it. */
  record Named(Certificate certificate, SslContext context) {}

  TlsContexts(boolean openSsl, PrivateKeys keys) {
    this.provider = openSsl && OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    this.keys = keys;
  }

  SslProvider provider() {
    return provider;
  }

  /** What a port's listeners show together. */
  Names names(List<Listener> listeners) {
    List<Named> named = new ArrayList<>();
    Named byDefault = null;
    for (Listener listener : listeners) {
      for (Certificate certificate : listener.certificates()) {
        SslContext context = context(listener, certificate);
        if (context != null) {
          Named shows = new Named(certificate, context);
          named.add(shows);
          byDefault = byDefault == null ? shows : byDefault;
        }
      }
    }
    return new Names(named, byDefault);
  }

  /** Forgets what no listener shows any more. */
  void keepOnly(List<Listener> listeners) {
    shown
        .keySet()
        .removeIf(
            known ->
                listeners.stream().noneMatch(l -> l.certificates().contains(known.certificate())));
  }

  private SslContext context(Listener listener, Certificate certificate) {
    Shown key = new Shown(certificate, listener.sslPolicy(), protocols(listener));
    SslContext known = shown.get(key);
    if (known != null) {
      return known;
    }
    try {
      SslContext made = make(key);
      shown.put(key, made);
      return made;
    } catch (SSLException | IllegalArgumentException e) {
      LOG.errorf(
          "Certificate %s of listener %s can't be shown: %s",
          certificate.arn(), listener.listenerArn(), e.getMessage());
      return null;
    }
  }

  private SslContext make(Shown key) throws SSLException {
    SecurityPolicy policy = SecurityPolicy.of(key.policy());
    SslContextBuilder builder =
        SslContextBuilder.forServer(
                stream(key.certificate().chain()), stream(keys.open(key.certificate())))
            .sslProvider(provider)
            .protocols(policy.protocols())
            .ciphers(policy.ciphers(), SupportedCipherSuiteFilter.INSTANCE);
    if (!key.protocols().isEmpty()) {
      builder.applicationProtocolConfig(alpn(key.protocols()));
    }
    return builder.build();
  }

  private static List<String> protocols(Listener listener) {
    if (listener.protocol() == Protocol.TLS) {
      return listener.alpn();
    }
    return listener.balancer().http2()
        ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
        : List.of(ApplicationProtocolNames.HTTP_1_1);
  }

  private static ApplicationProtocolConfig alpn(List<String> protocols) {
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  /** Adds TLS to a connection to a target, if its group speaks it. */
  void toTarget(TargetGroup group, InetSocketAddress address, Channel channel) {
    if (group.protocol().isEncrypted()) {
      SslContext context = toTargets.computeIfAbsent(group.version(), this::clientContext);
      channel
          .pipeline()
          .addLast(context.newHandler(channel.alloc(), address.getHostString(), address.getPort()));
    }
  }

  private SslContext clientContext(ProtocolVersion version) {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(provider)
              // As ELB: what a target shows isn't checked, the network between is trusted.
              .trustManager(InsecureTrustManagerFactory.INSTANCE)
              .endpointIdentificationAlgorithm(null);
      if (version != ProtocolVersion.HTTP1) {
        builder.applicationProtocolConfig(alpn(List.of(ApplicationProtocolNames.HTTP_2)));
      }
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS to targets can't be set up", e);
    }
  }

  /** What tells when a connection's TLS is ready; null without TLS. */
  static Future<Channel> handshake(Channel channel) {
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    return handler == null ? null : handler.handshakeFuture();
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.Protocol;
import dev.berth.lb.domain.RequestFacts;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open port. What it serves is swapped whole; connections and the requests on them look at what
 * holds when they begin.
 */
final class ListeningPort {
  private final int number;
  private final String numberText;
  private final Protocol protocol;
  private final ProxySettings settings;
  private final Room room;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Served served;
  private volatile boolean closing;
  private volatile Channel channel;

  /**
   * @param tls what the listeners show; null without TLS
   * @param http2 whether any of the listeners speaks HTTP/2
   */
  record Served(List<Site> sites, TlsContexts.Names tls, long clientKeepAliveNanos, boolean http2) {
    static Served of(List<Site> sites, TlsContexts.Names tls) {
      long keep =
          sites.stream()
              .map(site -> site.listener().balancer())
              .map(LoadBalancerSettings::clientKeepAlive)
              .mapToLong(java.time.Duration::toNanos)
              .min()
              .orElse(Long.MAX_VALUE);
      boolean http2 = sites.stream().anyMatch(site -> site.listener().balancer().http2());
      return new Served(List.copyOf(sites), tls, keep, http2);
    }
  }

  ListeningPort(int number, Protocol protocol, ProxySettings settings, Room room) {
    this.room = room;
    this.number = number;
    this.numberText = Integer.toString(number);
    this.protocol = protocol;
    this.settings = settings;
  }

  int number() {
    return number;
  }

  String numberText() {
    return numberText;
  }

  Protocol protocol() {
    return protocol;
  }

  void serve(Served next) {
    served = next;
  }

  Served served() {
    return served;
  }

  /**
   * Whose a request is: the balancer with its host's name, one whose rules ask for it, the first.
   */
  Site site(RequestFacts facts) {
    Served now = served;
    if (closing || now == null || now.sites().isEmpty()) {
      return null;
    }
    return now.sites().size() == 1 ? now.sites().get(0) : byName(now.sites(), facts.host());
  }

  /** Whose a connection is by the server name that its client asks for. */
  Site siteOf(String serverName) {
    Served now = served;
    if (closing || now == null || now.sites().isEmpty()) {
      return null;
    }
    if (serverName != null && now.sites().size() > 1) {
      for (Site site : now.sites()) {
        if (site.isNamed(serverName)
            || site.listener().certificates().stream().anyMatch(c -> c.covers(serverName))) {
          return site;
        }
      }
    }
    return now.sites().get(0);
  }

  private static Site byName(List<Site> sites, String host) {
    for (Site site : sites) {
      if (site.isNamed(host)) {
        return site;
      }
    }
    for (Site site : sites) {
      if (site.asksFor(host)) {
        return site;
      }
    }
    return sites.get(0);
  }

  /**
   * A connection came.
   *
   * @return how many there are with it
   */
  int connectionOpened() {
    room.opened();
    return connections.incrementAndGet();
  }

  void connectionClosed() {
    room.closed();
    connections.decrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  /** Takes a place for a request; every success needs one {@link #endRequest}. */
  boolean beginRequest() {
    if (requests.incrementAndGet() > settings.maxRequestsPerListener()) {
      requests.decrementAndGet();
      return false;
    }
    return true;
  }

  void endRequest() {
    requests.decrementAndGet();
  }

  long clientKeepAliveNanos() {
    Served now = served;
    return now == null ? Long.MAX_VALUE : now.clientKeepAliveNanos();
  }

  void opened(Channel bound) {
    channel = bound;
  }

  Channel channel() {
    return channel;
  }

  boolean isClosing() {
    return closing;
  }

  void startClosing() {
    closing = true;
  }
}

package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.ProtocolVersion;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLSession;

/**
 * Which headers pass the balancer, and which ones it adds (RFC 9110, section 7.6; ELB: X-Forwarded
 * headers). Headers are changed where they are, not copied: most of them pass as they came.
 */
final class HeaderRules {
  static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
  static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
  static final AsciiString FORWARDED_PORT = AsciiString.cached("X-Forwarded-Port");
  static final AsciiString TRACE_ID = AsciiString.cached("X-Amzn-Trace-Id");
  private static final AsciiString TLS_VERSION = AsciiString.cached("X-Amzn-Tls-Version");
  private static final AsciiString TLS_CIPHER = AsciiString.cached("X-Amzn-Tls-Cipher-Suite");
  private static final AsciiString HTTP = AsciiString.cached("http");
  private static final AsciiString HTTPS = AsciiString.cached("https");

  private static final AsciiString[] OF_ONE_HOP = {
    HttpHeaderNames.CONNECTION,
    AsciiString.cached("keep-alive"),
    AsciiString.cached("proxy-connection"),
    HttpHeaderNames.PROXY_AUTHENTICATE,
    HttpHeaderNames.TE,
    HttpHeaderNames.UPGRADE,
    AsciiString.cached("http2-settings"),
  };

  /** What the codec of HTTP/2 puts among the headers for itself. */
  private static final AsciiString[] OF_THE_CODEC = {
    AsciiString.cached("x-http2-stream-id"),
    AsciiString.cached("x-http2-scheme"),
    AsciiString.cached("x-http2-path"),
    AsciiString.cached("x-http2-stream-weight"),
    AsciiString.cached("x-http2-stream-dependency-id"),
    AsciiString.cached("x-http2-stream-promise-id"),
  };

  private HeaderRules() {}

  /** Takes out what is for the next hop only. */
  static void strip(HttpHeaders headers, boolean http2) {
    List<String> connection = headers.getAll(HttpHeaderNames.CONNECTION);
    for (String value : connection) {
      if (!isUsual(value)) {
        for (String name : value.split(",", -1)) {
          String named = name.strip();
          // Framing isn't a client's to take out.
          if (!named.isEmpty()
              && !named.equalsIgnoreCase("transfer-encoding")
              && !named.equalsIgnoreCase("content-length")
              && !named.equalsIgnoreCase("host")) {
            headers.remove(named);
          }
        }
      }
    }
    for (AsciiString name : OF_ONE_HOP) {
      headers.remove(name);
    }
    if (http2) {
      for (AsciiString name : OF_THE_CODEC) {
        headers.remove(name);
      }
    }
  }

  /** Makes a client's headers those that a target gets. */
  static void toTarget(HttpHeaders headers, ClientSide client, Site site, ProtocolVersion version) {
    LoadBalancerSettings settings = site.listener().balancer();
    strip(headers, client.isHttp2());
    headers.remove(HttpHeaderNames.EXPECT);
    if (settings.dropInvalidHeaders()) {
      dropInvalid(headers);
    }
    forwarded(headers, client, settings);
    traceId(headers, client.loop().epochSeconds());
    if (!settings.preserveHost() || !headers.contains(HttpHeaderNames.HOST)) {
      host(headers, client);
    }
    if (version == ProtocolVersion.GRPC) {
      headers.set(HttpHeaderNames.TE, "trailers");
    }
    SSLSession tls = client.tls();
    if (tls != null && settings.tlsHeaders()) {
      headers.set(site.requestHeader(TLS_VERSION), tls.getProtocol());
      headers.set(site.requestHeader(TLS_CIPHER), SecurityPolicy.openSsl(tls.getCipherSuite()));
    }
  }

  /** Asks for, or agrees to, a WebSocket. */
  static void upgrade(HttpHeaders headers) {
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
  }

  private static void forwarded(
      HttpHeaders headers, ClientSide client, LoadBalancerSettings settings) {
    switch (settings.forwardedFor()) {
      case APPEND -> {
        String address = client.remoteText();
        if (settings.clientPort()) {
          address = withPort(address, client.remote().getPort());
        }
        List<String> before = headers.getAll(FORWARDED_FOR);
        headers.set(
            FORWARDED_FOR, before.isEmpty() ? address : String.join(", ", before) + ", " + address);
      }
      case REMOVE -> headers.remove(FORWARDED_FOR);
      case PRESERVE -> {
        // As the client sent it.
      }
    }
    headers.set(FORWARDED_PROTO, client.tls() == null ? HTTP : HTTPS);
    headers.set(FORWARDED_PORT, client.port().numberText());
  }

  private static String withPort(String address, int port) {
    return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
  }

  /** A listener on a port that isn't the protocol's own is named with it. */
  private static void host(HttpHeaders headers, ClientSide client) {
    String host = headers.get(HttpHeaderNames.HOST);
    int usual = client.tls() == null ? 80 : 443;
    int port = client.port().number();
    if (host == null) {
      // HTTP/1.0 may do without one, what is passed on may not.
      headers.set(HttpHeaderNames.HOST, local(client));
    } else if (port != usual && !host.isEmpty() && !hasPort(host)) {
      headers.set(HttpHeaderNames.HOST, host + ":" + port);
    }
  }

  private static String local(ClientSide client) {
    return withPort(client.local().getAddress().getHostAddress(), client.port().number());
  }

  private static boolean hasPort(String host) {
    return host.lastIndexOf(':') > host.lastIndexOf(']');
  }

  private static void traceId(HttpHeaders headers, long epochSeconds) {
    String given = headers.get(TRACE_ID);
    if (given == null) {
      headers.set(TRACE_ID, traceId("Root=", epochSeconds));
    } else if (given.contains("Root=")) {
      headers.set(TRACE_ID, traceId("Self=", epochSeconds) + ";" + withoutSelf(given));
    } else {
      headers.set(TRACE_ID, given + ";" + traceId("Root=", epochSeconds));
    }
  }

  /** What a balancer before this one said of itself goes: there is one of each field. */
  private static String withoutSelf(String given) {
    if (!given.contains("Self=")) {
      return given;
    }
    StringBuilder rest = new StringBuilder(given.length());
    for (String field : given.split(";", -1)) {
      if (!field.strip().startsWith("Self=")) {
        rest.append(rest.isEmpty() ? "" : ";").append(field);
      }
    }
    return rest.toString();
  }

  /** It has to be unlikely to come twice, not hard to guess. */
  private static AsciiString traceId(String field, long epochSeconds) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] id = new byte[40];
    for (int i = 0; i < 5; i++) {
      id[i] = (byte) field.charAt(i);
    }
    id[5] = '1';
    id[6] = '-';
    hex(epochSeconds, id, 7, 8);
    id[15] = '-';
    hex(random.nextLong(), id, 16, 16);
    hex(random.nextLong(), id, 32, 8);
    return new AsciiString(id, false);
  }

  private static void hex(long value, byte[] into, int at, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      int digit = (int) (rest & 15);
      into[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      rest >>>= 4;
    }
  }

  private static void dropInvalid(HttpHeaders headers) {
    List<String> invalid = null;
    for (String name : headers.names()) {
      if (!isPlainName(name)) {
        invalid = invalid == null ? new ArrayList<>() : invalid;
        invalid.add(name);
      }
    }
    if (invalid != null) {
      invalid.forEach(headers::remove);
    }
  }

  /** ELBv2: letters, digits and hyphens. */
  static boolean isPlainName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (!plain) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Makes a target's headers those that a client gets. */
  static void toClient(HttpHeaders headers, Site site, boolean fromHttp2, long epochSeconds) {
    strip(headers, fromHttp2);
    if (!headers.contains(HttpHeaderNames.DATE)) {
      // RFC 9110, section 6.6.1: who has a clock says when an answer came that doesn't.
      headers.add(HttpHeaderNames.DATE, HttpDate.at(epochSeconds));
    }
    if (!site.listener().settings().serverHeader()) {
      headers.remove(HttpHeaderNames.SERVER);
    }
    for (Map.Entry<String, String> added :
        site.listener().settings().responseHeaders().entrySet()) {
      headers.set(added.getKey(), added.getValue());
    }
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")
        || connection.equalsIgnoreCase("upgrade");
  }

  /** Whether a header's comma-separated values have the token, in any case. */
  static boolean hasToken(HttpHeaders headers, CharSequence name, String token) {
    return headers.containsValue(name, token, true);
  }
}

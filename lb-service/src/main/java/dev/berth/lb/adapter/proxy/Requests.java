package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.LoadBalancerSettings;
import dev.berth.lb.domain.ProtocolVersion;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** What a request's line and headers say about how it is to be passed on. */
final class Requests {
  /** RFC 9110, section 9.2.2. */
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

  private static final int FORWARDERS_AT_MOST = 30;
  private static final String GRPC = "application/grpc";

  private Requests() {}

  /** Why a request can't be passed on at all, as a code, or 0. */
  static int refusal(HttpRequest request, ClientSide client, Site site, Journal journal) {
    if (request.method().equals(HttpMethod.CONNECT) || request.method().equals(HttpMethod.TRACE)) {
      return 405;
    }
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return 505;
    }
    if (!isPath(request)) {
      journal.classified("Severe", "BadUri");
      return 400;
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    boolean oldVersion = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (hosts > 1 || (hosts == 0 && !oldVersion && !client.isHttp2())) {
      journal.classified("Severe", "MultipleHostHeaders");
      return 400;
    }
    if (hosts == 1 && !isHost(request.headers().get(HttpHeaderNames.HOST))) {
      journal.classified("Severe", "BadHost");
      return 400;
    }
    if (hasTooManyForwarders(request.headers(), site)) {
      return 463;
    }
    return ambiguity(request, client, site, journal);
  }

  /** ELB: an X-Forwarded-For header that is passed on names up to 30 addresses. */
  private static boolean hasTooManyForwarders(HttpHeaders headers, Site site) {
    if (site.listener().balancer().forwardedFor() == LoadBalancerSettings.ForwardedFor.REMOVE) {
      return false;
    }
    int addresses = 0;
    for (String value : headers.getAll(HeaderRules.FORWARDED_FOR)) {
      addresses++;
      for (int at = value.indexOf(','); at >= 0; at = value.indexOf(',', at + 1)) {
        addresses++;
      }
    }
    return addresses > FORWARDERS_AT_MOST;
  }

  /**
   * Whether a request can't be meant for targets of a version (ELB: HTTP 464): gRPC is spoken by
   * POST over HTTP/2, and by targets that speak it or HTTP/2 themselves.
   */
  static boolean isIncompatible(HttpRequest request, ClientSide client, ProtocolVersion version) {
    return switch (version) {
      case GRPC -> !client.isHttp2() || !request.method().equals(HttpMethod.POST);
      case HTTP1 -> client.isHttp2() && isGrpc(request);
      case HTTP2 -> false;
    };
  }

  static boolean isGrpc(HttpRequest request) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return type != null
        && type.startsWith(GRPC)
        && (type.length() == GRPC.length() || "+;".indexOf(type.charAt(GRPC.length())) >= 0);
  }

  /**
   * A request whose line has the whole address is that address's, whatever its Host header says
   * (RFC 9112, section 3.2.2): from here on it is as if it had been sent with a path.
   */
  static void takeAddress(HttpRequest request, ClientSide client) {
    String uri = request.uri();
    if (uri.startsWith("/") || client.isHttp2()) {
      return;
    }
    int scheme = uri.regionMatches(true, 0, "http://", 0, 7) ? 7 : 0;
    scheme = uri.regionMatches(true, 0, "https://", 0, 8) ? 8 : scheme;
    if (scheme == 0 || request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      return;
    }
    int end = scheme;
    while (end < uri.length() && "/?#".indexOf(uri.charAt(end)) < 0) {
      end++;
    }
    request.headers().set(HttpHeaderNames.HOST, uri.substring(scheme, end));
    String path = uri.substring(end);
    request.setUri(path.startsWith("/") ? path : "/" + path);
  }

  /** Whether it asks for a path, or for the server as a whole (RFC 9112, section 3.2). */
  private static boolean isPath(HttpRequest request) {
    String uri = request.uri();
    if (uri.isEmpty() || uri.charAt(0) != '/') {
      return uri.equals("*") && request.method().equals(HttpMethod.OPTIONS);
    }
    for (int i = 1; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Whether a Host header can only mean one host: a name or an address, and a port. */
  private static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7f || "\"#,/<>?@\\^`{|}".indexOf(c) >= 0) {
        return false;
      }
    }
    return !host.isEmpty();
  }

  /**
   * What two readers might take differently, and the mode says must not pass. What they would see
   * the end of in different places never comes this far: the decoder refuses it in every mode.
   */
  private static int ambiguity(HttpRequest request, ClientSide client, Site site, Journal journal) {
    LoadBalancerSettings.Desync mode = site.listener().balancer().desync();
    if (mode == LoadBalancerSettings.Desync.MONITOR || client.isHttp2()) {
      return 0;
    }
    String reason = ambiguous(request);
    if (reason == null) {
      return 0;
    }
    journal.classified("Ambiguous", reason);
    if (mode == LoadBalancerSettings.Desync.STRICTEST) {
      return 400;
    }
    // Passed on, and nothing after it on this connection is.
    client.closeAfterAnswer();
    return 0;
  }

  private static String ambiguous(HttpRequest request) {
    HttpHeaders headers = request.headers();
    boolean getOrHead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    if (getOrHead && hasBody(headers)) {
      return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
          ? "UndefinedTransferEncodingSemantics"
          : "UndefinedContentLengthSemantics";
    }
    String uri = request.uri();
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c >= 0x7f) {
        return "AmbiguousUri";
      }
    }
    for (Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        all.hasNext(); ) {
      CharSequence name = all.next().getKey();
      char last = name.charAt(name.length() - 1);
      if (last == ' ' || last == '\t') {
        return "SuspiciousHeader";
      }
      boolean likeFraming = name.length() == 17 || name.length() == 14;
      if (likeFraming
          && (AsciiString.contentEqualsIgnoreCase(name, "transfer_encoding")
              || AsciiString.contentEqualsIgnoreCase(name, "content_length"))) {
        return "SuspiciousHeader";
      }
    }
    return null;
  }

  static boolean isIdempotent(HttpMethod method) {
    return IDEMPOTENT.contains(method);
  }

  static boolean hasBody(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      return true;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length != null && !length.equals("0");
  }

  /** The request as a target gets it, in one piece. */
  static FullHttpRequest withoutBody(HttpRequest request, String uri) {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        request.method(),
        uri,
        Unpooled.EMPTY_BUFFER,
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  static boolean asksForWebSocket(HttpRequest request, ClientSide client) {
    return !client.isHttp2()
        && request.method().equals(HttpMethod.GET)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && HeaderRules.hasToken(request.headers(), HttpHeaderNames.CONNECTION, "upgrade");
  }

  /** Whether an answer has headers only. */
  static boolean hasNoContent(HttpMethod asked, int code) {
    return asked.equals(HttpMethod.HEAD) || code == 204 || code == 304;
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers pass the balancer, and which ones it adds (RFC 9110, section 7.6). */
final class Headers {
  static final CharSequence CONNECTION = AsciiString.cached("connection");
  static final CharSequence CONTENT_LENGTH = AsciiString.cached("content-length");
  static final CharSequence TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
  static final CharSequence UPGRADE = AsciiString.cached("upgrade");
  static final CharSequence HOST = AsciiString.cached("host");
  static final CharSequence FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
  static final CharSequence FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
  static final CharSequence FORWARDED_PORT = AsciiString.cached("X-Forwarded-Port");

  private static final Set<String> OF_ONE_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "http2-settings");

  private Headers() {}

  /** Copies what is for the other end. Content-Length passes: the body does as it is. */
  static void copy(MultiMap from, MultiMap to) {
    String connection = from.get(CONNECTION);
    boolean named = connection != null && !isUsual(connection);
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey();
      if (!isOfOneHop(name) && !(named && hasToken(connection, name))) {
        to.add(name, header.getValue());
      }
    }
  }

  /** Tells the target who asked, over what, and at which port. */
  static void addForwarded(HttpServerRequest request, int port, MultiMap to) {
    String before = request.headers().get(FORWARDED_FOR);
    String client = request.remoteAddress().hostAddress();
    to.set(FORWARDED_FOR, before == null ? client : before + ", " + client);
    to.set(FORWARDED_PROTO, "http");
    to.set(FORWARDED_PORT, Integer.toString(port));
  }

  /** Whether a comma-separated list has the token, in any case. */
  static boolean hasToken(String list, String token) {
    int start = 0;
    while (start <= list.length()) {
      int comma = list.indexOf(',', start);
      int end = comma < 0 ? list.length() : comma;
      if (list.substring(start, end).strip().equalsIgnoreCase(token)) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }

  private static boolean isUsual(String connection) {
    return connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")
        || connection.equalsIgnoreCase("upgrade");
  }

  private static boolean isOfOneHop(String name) {
    // Only names of these lengths can be in the set; the check spares most names the folding.
    return switch (name.length()) {
      case 2, 6, 7, 10, 14, 16, 17, 18 -> OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT));
      default -> false;
    };
  }
}

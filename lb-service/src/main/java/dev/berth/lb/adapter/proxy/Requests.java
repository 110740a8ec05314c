package dev.berth.lb.adapter.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Set;

/** What a request's line and headers say about how it is to be passed on. */
final class Requests {
  /** RFC 9110, section 9.2.2. */
  private static final Set<HttpMethod> IDEMPOTENT =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.OPTIONS,
          HttpMethod.PUT,
          HttpMethod.DELETE,
          HttpMethod.TRACE);

  private Requests() {}

  /** Why a request can't be passed on at all, as a code, or 0. */
  static int refusal(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      return 405;
    }
    int hosts = request.headers().getAll(Headers.HOST).size();
    boolean oldVersion = request.version() == HttpVersion.HTTP_1_0;
    return hosts == 1 || (oldVersion && hosts == 0) ? 0 : 400;
  }

  static boolean isIdempotent(HttpMethod method) {
    return IDEMPOTENT.contains(method);
  }

  static boolean hasBody(HttpServerRequest request) {
    if (request.headers().contains(Headers.TRANSFER_ENCODING)) {
      return true;
    }
    String length = request.headers().get(Headers.CONTENT_LENGTH);
    return length != null && !length.equals("0");
  }

  /**
   * Whether the connection is to be closed after the answer, in a way that Vert.x doesn't see: it
   * knows the one word only, not a list with it.
   */
  static boolean asksToClose(HttpServerRequest request) {
    String connection = request.headers().get(Headers.CONNECTION);
    return connection != null
        && connection.indexOf(',') >= 0
        && Headers.hasToken(connection, "close");
  }

  static boolean asksForWebSocket(HttpServerRequest request) {
    String upgrade = request.headers().get(Headers.UPGRADE);
    if (upgrade == null
        || !upgrade.equalsIgnoreCase("websocket")
        || !request.method().equals(HttpMethod.GET)) {
      return false;
    }
    String connection = request.headers().get(Headers.CONNECTION);
    return connection != null && Headers.hasToken(connection, "upgrade");
  }

  /** A target is asked for a path, also when the client named the whole address (RFC 9112, 3.2). */
  static String originForm(HttpServerRequest request) {
    String uri = request.uri();
    if (uri.startsWith("/") || uri.equals("*")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    int path = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  /** Whether an answer has headers only. */
  static boolean hasNoContent(HttpMethod asked, int code) {
    return asked.equals(HttpMethod.HEAD) || code == 204 || code == 304;
  }

  /** The length that an answer announces, or -1. */
  static long length(MultiMap headers) {
    String length = headers.get(Headers.CONTENT_LENGTH);
    if (length == null) {
      return -1;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

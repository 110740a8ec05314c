package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.RequestFacts;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Locale;

/** What rules look at, worked out when it is asked for. */
final class Facts implements RequestFacts {
  private final HttpRequest request;
  private final ClientSide client;
  private String host;
  private String path;
  private String query;

  Facts(HttpRequest request, ClientSide client) {
    this.request = request;
    this.client = client;
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String host() {
    if (host == null) {
      host = hostOf(request.headers().get(HttpHeaderNames.HOST));
    }
    return host;
  }

  /** A Host header's name without its port, in lower case. */
  static String hostOf(String header) {
    if (header == null) {
      return "";
    }
    int colon = header.lastIndexOf(':');
    String name = colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String path() {
    if (path == null) {
      String uri = originForm(request.uri());
      int mark = uri.indexOf('?');
      path = mark < 0 ? uri : uri.substring(0, mark);
      query = mark < 0 ? "" : uri.substring(mark + 1);
    }
    return path;
  }

  /** Path and query. */
  String originUri() {
    return originForm(request.uri());
  }

  @Override
  public String query() {
    path();
    return query;
  }

  @Override
  public List<String> header(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public byte[] source() {
    return client.remote().getAddress().getAddress();
  }

  /** A target is asked for a path, also when the client named the whole address (RFC 9112, 3.2). */
  static String originForm(String uri) {
    if (uri.startsWith("/") || uri.equals("*")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    int path = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }
}

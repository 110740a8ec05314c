package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.CharsetUtil;
import java.util.Map;

/** Answers that come from the balancer itself, in ALB's manner. */
final class Answers {
  private Answers() {}

  static FullHttpResponse error(int code, Site site) {
    String title = code + " " + phrase(code);
    String page =
        "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n</body>\r\n</html>\r\n"
            .formatted(title, title);
    return answer(code, "text/html", page, site);
  }

  /** What the balancer itself answers where a rule doesn't forward. */
  static FullHttpResponse to(Action action, HttpRequest request, ClientSide client, Site site) {
    return switch (action) {
      case Action.FixedResponse fixed -> fixed(fixed, site);
      case Action.Redirect redirect -> redirect(redirect, request, client, site);
      case Action.Forward forward -> error(503, site);
      case Action.Unsupported unsupported -> error(503, site);
    };
  }

  static FullHttpResponse fixed(Action.FixedResponse action, Site site) {
    String type = action.contentType() == null ? "text/plain" : action.contentType();
    String body = action.body() == null ? "" : action.body();
    return answer(action.statusCode(), type + "; charset=utf-8", body, site);
  }

  static FullHttpResponse redirect(
      Action.Redirect action, HttpRequest request, ClientSide client, Site site) {
    FullHttpResponse answer = answer(action.statusCode(), "text/html", "", site);
    answer.headers().set(HttpHeaderNames.LOCATION, location(action, request, client));
    return answer;
  }

  static String location(Action.Redirect action, HttpRequest request, ClientSide client) {
    Facts facts = new Facts(request, client);
    String scheme = client.tls() == null ? "http" : "https";
    Map<String, String> parts =
        Map.of(
            "#{protocol}", scheme,
            "#{host}", facts.host(),
            "#{port}", Integer.toString(client.port().number()),
            "#{path}", facts.path().startsWith("/") ? facts.path().substring(1) : facts.path(),
            "#{query}", facts.query());
    String protocol = fill(action.protocol(), parts).toLowerCase(java.util.Locale.ROOT);
    String port = fill(action.port(), parts);
    String query = fill(action.query(), parts);
    String path = fill(action.path(), parts);
    return protocol
        + "://"
        + fill(action.host(), parts)
        + ":"
        + port
        + (path.startsWith("/") ? path : "/" + path)
        + (query.isEmpty() ? "" : "?" + query);
  }

  private static String fill(String text, Map<String, String> parts) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int mark = text.indexOf("#{", at);
      int end = mark < 0 ? -1 : text.indexOf('}', mark);
      if (end < 0) {
        break;
      }
      String name = text.substring(mark, end + 1);
      filled.append(text, at, mark).append(parts.getOrDefault(name, name));
      at = end + 1;
    }
    return filled.append(text, at, text.length()).toString();
  }

  private static FullHttpResponse answer(int code, String type, String body, Site site) {
    ByteBuf content =
        body.isEmpty() ? Unpooled.EMPTY_BUFFER : Unpooled.copiedBuffer(body, CharsetUtil.UTF_8);
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, new HttpResponseStatus(code, phrase(code)), content);
    if (site == null || site.listener().settings().serverHeader()) {
      answer.headers().set(HttpHeaderNames.SERVER, "berth");
    }
    answer.headers().set(HttpHeaderNames.DATE, HttpDate.now());
    if (!body.isEmpty()) {
      answer.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    }
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    if (site != null) {
      site.listener().settings().responseHeaders().forEach((n, v) -> answer.headers().set(n, v));
    }
    return answer;
  }

  private static String phrase(int code) {
    return switch (code) {
      case 463 -> "Too Many Forwarded Addresses";
      case 464 -> "Incompatible Protocol";
      case 503 -> "Service Temporarily Unavailable";
      case 504 -> "Gateway Time-out";
      default -> HttpResponseStatus.valueOf(code).reasonPhrase();
    };
  }
}

package dev.berth.lb.adapter.proxy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * Headers of HTTP/2 as messages of HTTP/1.1 and back (RFC 9113, section 8). Netty's own codec does
 * the same by way of tables that are hashed and checked twice over for each request; here lists
 * become lists.
 */
final class Http2Messages {
  private static final AsciiString[] NEVER = {
    HttpHeaderNames.CONNECTION,
    HttpHeaderNames.TRANSFER_ENCODING,
    AsciiString.cached("keep-alive"),
    AsciiString.cached("proxy-connection"),
    HttpHeaderNames.UPGRADE,
    HttpHeaderNames.HOST,
  };

  private Http2Messages() {}

  /**
   * A stream's first headers as a request.
   *
   * @throws IllegalArgumentException if they can't be said in HTTP/1.1, and so are no request
   */
  static HttpRequest request(Http2Headers headers, boolean hasBody) {
    CharSequence method = headers.method();
    CharSequence path = headers.path();
    if (method == null || path == null || headers.scheme() == null) {
      throw new IllegalArgumentException("A request has a method, a path and a scheme");
    }
    check(method);
    check(path);
    HeaderList list = new HeaderList(headers.size() + 8);
    copy(headers, list);
    if (hasBody && !list.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      list.add(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.valueOf(method.toString()), path.toString(), list);
  }

  /** What could end a request's line. */
  private static void check(CharSequence part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        throw new IllegalArgumentException("A character that a request line can't have");
      }
    }
  }

  private static void copy(Http2Headers from, HeaderList to) {
    for (Map.Entry<CharSequence, CharSequence> each : from) {
      CharSequence name = each.getKey();
      if (name.length() == 0) {
        throw new IllegalArgumentException("A header without a name");
      }
      if (name.charAt(0) == ':') {
        if (Http2Headers.PseudoHeaderName.AUTHORITY.value().contentEquals(name)) {
          to.add(HttpHeaderNames.HOST, each.getValue());
        }
      } else if (HttpHeaderNames.COOKIE.contentEquals(name)) {
        cookie(each.getValue(), to);
      } else if (!HttpHeaderNames.TRANSFER_ENCODING.contentEquals(name)
          && !HttpHeaderNames.TRAILER.contentEquals(name)) {
        to.add(name, each.getValue());
      }
    }
  }

  /** Parts of a cookie that came by themselves are one again (RFC 9113, section 8.2.3). */
  private static void cookie(CharSequence value, HeaderList to) {
    String before = to.get(HttpHeaderNames.COOKIE);
    to.set(HttpHeaderNames.COOKIE, before == null ? value : before + "; " + value);
  }

  /**
   * A stream's last headers as the end of a body.
   *
   * @throws IllegalArgumentException if they aren't trailers
   */
  static LastHttpContent end(Http2Headers trailers) {
    DefaultLastHttpContent end = new DefaultLastHttpContent();
    for (Map.Entry<CharSequence, CharSequence> each : trailers) {
      if (each.getKey().length() == 0 || each.getKey().charAt(0) == ':') {
        throw new IllegalArgumentException("No trailer has such a name");
      }
      end.trailingHeaders().add(each.getKey(), each.getValue());
    }
    return end;
  }

  /** The head of an answer. */
  static Http2Headers of(HttpResponse answer) {
    return ReadOnlyHttp2Headers.serverHeaders(
        false, answer.status().codeAsText(), pairs(answer.headers()));
  }

  /** What stands at the end of an answer. */
  static Http2Headers of(HttpHeaders trailers) {
    return ReadOnlyHttp2Headers.trailers(false, pairs(trailers));
  }

  private static AsciiString[] pairs(HttpHeaders headers) {
    AsciiString[] pairs = new AsciiString[2 * headers.size()];
    int used = 0;
    if (headers instanceof HeaderList list) {
      for (int i = 0; i < list.size(); i++) {
        used = pair(list.name(i), list.value(i), pairs, used);
      }
    } else {
      for (Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
          all.hasNext(); ) {
        Map.Entry<CharSequence, CharSequence> each = all.next();
        used = pair(each.getKey(), each.getValue(), pairs, used);
      }
    }
    return used == pairs.length ? pairs : Arrays.copyOf(pairs, used);
  }

  private static int pair(CharSequence name, CharSequence value, AsciiString[] into, int at) {
    AsciiString lower = AsciiString.of(name).toLowerCase();
    for (AsciiString never : NEVER) {
      if (never.length() == lower.length() && never.contentEquals(lower)) {
        return at;
      }
    }
    into[at] = lower;
    into[at + 1] = AsciiString.of(value);
    return at + 2;
  }
}

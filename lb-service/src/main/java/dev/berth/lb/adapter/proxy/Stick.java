package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.Stickiness;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.time.Duration;

/**
 * Cookies that keep a client with its target and its target group, under ELB's names. A cookie says
 * whom by a hash that every instance works out alike, and until when; there is nothing in it that a
 * client gains by changing it, but another target.
 */
final class Stick {
  static final String TARGET = "AWSALB";
  static final String APP = "AWSALBAPP-0";
  static final String GROUP = "AWSALBTG";
  private static final String SHARED = "CORS";
  private static final Duration KEPT = Duration.ofDays(7);

  private Stick() {}

  /** The hash in a cookie that is still good, or 0. */
  static long read(HttpRequest request, String name, long epochSeconds) {
    String value = cookie(request, name);
    if (value == null) {
      value = cookie(request, name + SHARED);
    }
    int dot = value == null ? -1 : value.indexOf('.');
    if (dot < 1 || value.length() > 40) {
      return 0;
    }
    try {
      long until = Long.parseUnsignedLong(value.substring(dot + 1), 16);
      return until < epochSeconds ? 0 : Long.parseUnsignedLong(value.substring(0, dot), 16);
    } catch (NumberFormatException e) {
      // Somebody else's cookie of that name, or a made-up one.
      return 0;
    }
  }

  /** The target that the client is to come back to, by its hash; 0 for any. */
  static long target(HttpRequest request, Stickiness stickiness, long epochSeconds) {
    return switch (stickiness.type()) {
      case NONE, SOURCE_IP -> 0;
      case LB_COOKIE -> read(request, TARGET, epochSeconds);
      case APP_COOKIE ->
          cookie(request, stickiness.cookieName()) == null ? 0 : read(request, APP, epochSeconds);
    };
  }

  /** Adds the cookies to an answer's headers. */
  static void add(
      HttpHeaders answer,
      Stickiness stickiness,
      Upstream target,
      Action.Forward forward,
      String groupArn,
      long epochSeconds) {
    switch (stickiness.type()) {
      case LB_COOKIE -> put(answer, TARGET, target.hash(), stickiness.duration(), epochSeconds);
      case APP_COOKIE -> {
        if (sets(answer, stickiness.cookieName())) {
          put(answer, APP, target.hash(), stickiness.duration(), epochSeconds);
        }
      }
      case NONE, SOURCE_IP -> {
        // Nothing for the client to remember.
      }
    }
    if (!forward.stickiness().isZero() && forward.groups().size() > 1) {
      put(answer, GROUP, Upstream.hash(groupArn), forward.stickiness(), epochSeconds);
    }
  }

  private static void put(
      HttpHeaders answer, String name, long hash, Duration holds, long epochSeconds) {
    String value =
        Long.toHexString(hash) + "." + Long.toHexString(epochSeconds + holds.toSeconds());
    AsciiString expires = HttpDate.of(epochSeconds + KEPT.toSeconds());
    String cookie = "=" + value + "; Expires=" + expires + "; Path=/";
    answer.add(HttpHeaderNames.SET_COOKIE, name + cookie);
    if (!name.equals(APP)) {
      answer.add(HttpHeaderNames.SET_COOKIE, name + SHARED + cookie + "; SameSite=None; Secure");
    }
  }

  private static boolean sets(HttpHeaders answer, String name) {
    return answer.getAll(HttpHeaderNames.SET_COOKIE).stream()
        .anyMatch(cookie -> cookie.startsWith(name + "="));
  }

  private static String cookie(HttpRequest request, String name) {
    for (String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
      int at = 0;
      while (at < header.length()) {
        int end = header.indexOf(';', at);
        int stop = end < 0 ? header.length() : end;
        String pair = header.substring(at, stop).strip();
        if (pair.length() > name.length()
            && pair.startsWith(name)
            && pair.charAt(name.length()) == '=') {
          return pair.substring(name.length() + 1);
        }
        at = stop + 1;
      }
    }
    return null;
  }
}

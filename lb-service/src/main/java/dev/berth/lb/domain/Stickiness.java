package dev.berth.lb.domain;

import java.time.Duration;

/**
 * How a client stays with its target (ELBv2: stickiness.*).
 *
 * @param cookieName the application's cookie; null unless the type is APP_COOKIE
 */
public record Stickiness(Type type, Duration duration, String cookieName) {
  /** ELBv2's types. */
  public enum Type {
    NONE,
    LB_COOKIE,
    APP_COOKIE,
    SOURCE_IP
  }

  public static final Stickiness NONE = new Stickiness(Type.NONE, Duration.ZERO, null);
}

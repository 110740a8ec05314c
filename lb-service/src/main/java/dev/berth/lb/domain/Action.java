package dev.berth.lb.domain;

import java.time.Duration;
import java.util.List;

/** What becomes of a request that a rule applies to (ELBv2: Action). */
public sealed interface Action {
  /**
   * To one of several target groups, by weight.
   *
   * @param stickiness how long a client stays with its group; zero when it doesn't
   */
  record Forward(List<WeightedGroup> groups, Duration stickiness) implements Action {
    public Forward {
      groups = List.copyOf(groups);
    }

    public static Forward to(String targetGroupArn) {
      return new Forward(List.of(new WeightedGroup(targetGroupArn, 1)), Duration.ZERO);
    }
  }

  /**
   * @param weight 0 to 999; 0 takes nothing
   */
  record WeightedGroup(String targetGroupArn, int weight) {}

  /**
   * To another address. The parts may have {@code #{protocol}}, {@code #{host}}, {@code #{port}},
   * {@code #{path}} and {@code #{query}}.
   *
   * @param statusCode 301 or 302
   */
  record Redirect(
      String protocol, String host, String port, String path, String query, int statusCode)
      implements Action {}

  /**
   * An answer from the balancer itself.
   *
   * @param contentType may be null
   * @param body may be null
   */
  record FixedResponse(int statusCode, String contentType, String body) implements Action {}

  /** An action that Berth doesn't carry out; its requests are answered with 503. */
  record Unsupported(String type) implements Action {}
}

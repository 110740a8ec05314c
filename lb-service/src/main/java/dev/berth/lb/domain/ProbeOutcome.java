package dev.berth.lb.domain;

import java.util.List;

/** What a health check found; bad ones carry ELBv2's reason code and sentence. */
public sealed interface ProbeOutcome {
  record Good() implements ProbeOutcome {}

  record Bad(String reason, String description) implements ProbeOutcome {}

  ProbeOutcome GOOD = new Good();

  /** The target answered with this code. */
  static ProbeOutcome ofCode(int code, StatusCodeMatcher matcher) {
    return matcher.matches(code)
        ? GOOD
        : new Bad(
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: " + List.of(code));
  }

  static ProbeOutcome timedOut() {
    return new Bad("Target.Timeout", "Request timed out");
  }

  /**
   * The connection failed.
   *
   * @param what why, such as "Connection refused"
   */
  static ProbeOutcome failed(String what) {
    return new Bad("Target.FailedHealthChecks", "Health checks failed: " + what);
  }
}

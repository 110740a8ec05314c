package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Rule;

/** What is noted of a request while it lasts, for the metrics and the access log. */
final class Journal {
  private final long started;
  private long sent;
  private long answered;
  private long ended;
  private int code;
  private int targetCode;
  private long received;
  private long bodyBytes;
  private Rule rule;
  private Upstream target;
  private String classification = "Compliant";
  private String reason = "-";

  /**
   * @param started in nanoseconds of {@link System#nanoTime}
   */
  Journal(long started) {
    this.started = started;
  }

  void rule(Rule applied) {
    rule = applied;
  }

  void sent() {
    sent = System.nanoTime();
  }

  void answered(int status) {
    answered = System.nanoTime();
    code = status;
    targetCode = status;
  }

  void received(int bytes) {
    received += bytes;
  }

  void target(Upstream used) {
    target = used;
  }

  void classified(String as, String why) {
    classification = as;
    reason = why;
  }

  void ended(int status, long requestBytes) {
    ended = System.nanoTime();
    code = status;
    bodyBytes = requestBytes;
  }

  long nanos() {
    return ended - started;
  }

  int code() {
    return code;
  }

  int targetCode() {
    return targetCode;
  }

  long receivedBytes() {
    return received;
  }

  long requestBytes() {
    return bodyBytes;
  }

  Rule rule() {
    return rule;
  }

  Upstream target() {
    return target;
  }

  String classification() {
    return classification;
  }

  String reason() {
    return reason;
  }

  /** From the request's head to its being sent, in nanoseconds; -1 if it never was. */
  long requestNanos() {
    return sent == 0 ? -1 : sent - started;
  }

  /** From its being sent to the answer's head, in nanoseconds; -1 if there was none. */
  long targetNanos() {
    return answered == 0 ? -1 : answered - sent;
  }

  /** From the answer's head to its end, in nanoseconds; -1 if there was none. */
  long responseNanos() {
    return answered == 0 ? -1 : ended - answered;
  }
}

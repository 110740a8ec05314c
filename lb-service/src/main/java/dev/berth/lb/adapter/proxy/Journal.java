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
  private String redirect;
  private long requestHead;
  private long answerHead;
  private String classification = "-";
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

  /** Where the client was sent to. */
  void redirected(String location) {
    redirect = location;
  }

  /** Null where nobody was sent anywhere. */
  String redirect() {
    return redirect;
  }

  /** How large the request's line and headers were, in bytes. */
  void requestHead(int bytes) {
    requestHead = bytes;
  }

  /** How large the answer's status line and headers were, in bytes. */
  void answerHead(int bytes) {
    answerHead = bytes;
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

  /** Of the answer, its head among them. */
  long sentBytes() {
    return answerHead + received;
  }

  /** Of the request, its head among them. */
  long requestBytes() {
    return requestHead + bodyBytes;
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

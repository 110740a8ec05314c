package dev.berth.lb.adapter.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections that all listeners and targets have together, so that a flood at one listener
 * leaves files for the others and for the targets. What is left when it gets narrow goes to
 * listeners with less than their share.
 */
final class Room {
  private final int mostOfABusyListener;
  private final int mostThatHearABusyAnswer;
  private final int mostOfClients;
  private final int most;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger listeners = new AtomicInteger();

  /** What becomes of a new connection of a client. */
  enum Admission {
    /** It is served. */
    SERVED,
    /** Its request is answered with 503. */
    BUSY,
    /** It is closed at once. */
    CLOSED
  }

  /**
   * @param most connections at a time
   */
  Room(int most) {
    this.most = most;
    this.mostOfABusyListener = part(85);
    this.mostThatHearABusyAnswer = part(90);
    this.mostOfClients = part(95);
  }

  private int part(int percent) {
    return (int) Math.max(1, (long) most * percent / 100);
  }

  void listenerOpened() {
    listeners.incrementAndGet();
  }

  void listenerClosed() {
    listeners.decrementAndGet();
  }

  void opened() {
    taken.incrementAndGet();
  }

  void closed() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }

  /** Whether a connection to a target may be made. */
  boolean isForTarget() {
    return taken.get() < most;
  }

  /**
   * What becomes of a connection that is counted already.
   *
   * @param ofListener connections of its listener, with it
   */
  Admission admit(int ofListener) {
    int all = taken.get();
    if (all <= mostOfABusyListener) {
      return Admission.SERVED;
    }
    boolean withinItsShare = ofListener <= mostOfABusyListener / Math.max(1, listeners.get());
    if (withinItsShare && all <= mostOfClients) {
      return Admission.SERVED;
    }
    return all <= mostThatHearABusyAnswer ? Admission.BUSY : Admission.CLOSED;
  }
}

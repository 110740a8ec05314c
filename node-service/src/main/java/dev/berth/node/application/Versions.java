package dev.berth.node.application;

import java.util.concurrent.atomic.AtomicLong;

/** Versions of records, each greater than all before it, those of earlier processes included. */
public final class Versions {
  private final AtomicLong next;

  public Versions(long first) {
    this.next = new AtomicLong(first);
  }

  public long next() {
    return next.getAndIncrement();
  }
}

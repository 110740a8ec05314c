package dev.berth.lb.domain;

import java.util.function.IntPredicate;

/** Whose turn it is. */
public final class RoundRobin {
  private RoundRobin() {}

  /**
   * The index of the next target.
   *
   * @param turn how many turns there have been; it may overflow
   * @param size how many targets there are
   * @param usable whether the target at an index may be chosen
   * @return an index from 0 to {@code size - 1}, or -1 when none is usable
   */
  public static int next(int turn, int size, IntPredicate usable) {
    if (size == 0) {
      return -1;
    }
    int start = Integer.remainderUnsigned(turn, size);
    for (int i = 0; i < size; i++) {
      int index = start + i < size ? start + i : start + i - size;
      if (usable.test(index)) {
        return index;
      }
    }
    return -1;
  }
}

package dev.berth.scheduler.domain.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Which container instances changed, in order. Whoever keeps instances sorted reads on from where
 * it stopped, so that keeping up costs what has changed and not how many instances there are.
 */
public final class InstanceJournal {
  private static final int KEPT = 50_000;

  private final List<InstanceState> changes = new ArrayList<>();
  private long first;

  void changed(InstanceState instance) {
    if (!changes.isEmpty() && changes.getLast() == instance) {
      return;
    }
    if (changes.size() >= 2 * KEPT) {
      changes.subList(0, KEPT).clear();
      first += KEPT;
    }
    changes.add(instance);
  }

  /**
   * Where the next change will stand. The last one may stand for further changes of the same
   * instance, so it is to be read again.
   */
  public long position() {
    return Math.max(first, first + changes.size() - 1);
  }

  /** The changes from a position on, or null when they are no longer known. */
  public List<InstanceState> since(long position) {
    return position < first ? null : changes.subList((int) (position - first), changes.size());
  }
}

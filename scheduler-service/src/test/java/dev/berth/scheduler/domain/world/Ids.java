package dev.berth.scheduler.domain.world;

import dev.berth.scheduler.domain.IdSource;
import java.util.Random;

/** Ids that are the same in each run of a seed. */
public final class Ids implements IdSource {
  private final Random random;
  private int next;

  public Ids(long seed) {
    random = new Random(seed);
  }

  @Override
  public String nextTaskId() {
    next++;
    return "%032x".formatted(next);
  }

  @Override
  public String nextEventId() {
    next++;
    return "event-" + next;
  }

  @Override
  public long nextRandom() {
    return random.nextLong();
  }
}

package dev.berth.scheduler.config;

import dev.berth.scheduler.domain.IdSource;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids that nobody else makes. */
public final class RandomIds implements IdSource {
  private static final int TASK_ID_BYTES = 16;

  private final RandomGenerator random = new SecureRandom();

  @Override
  public String nextTaskId() {
    byte[] id = new byte[TASK_ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  @Override
  public String nextEventId() {
    return UUID.randomUUID().toString();
  }

  @Override
  public long nextRandom() {
    return random.nextLong();
  }
}

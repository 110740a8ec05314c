package dev.berth.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** The only source of chance. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code low} to {@code high}, both included. */
  long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  <T> T oneOf(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  long any() {
    return random.nextLong();
  }

  /** Mostly short, sometimes long, as delays in networks are. */
  long delay(long usual, long worst) {
    return chance(0.02) ? between(usual, worst) : between(1, usual);
  }

  /** 32 lower-case hex characters. */
  String hexId() {
    char[] text = new char[32];
    for (int half = 0; half < 2; half++) {
      long bits = random.nextLong();
      for (int i = 0; i < 16; i++) {
        text[half * 16 + i] = Character.forDigit((int) (bits >>> (60 - 4 * i)) & 0xf, 16);
      }
    }
    return new String(text);
  }
}

package dev.berth.lb.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  @Test
  void everyTargetHasItsTurnWhateverTheStartAndTheNumber() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      int size = 1 + random.nextInt(40);
      int rounds = 1 + random.nextInt(20);
      // Starts near the overflow as well.
      int turn = random.nextBoolean() ? random.nextInt() : -random.nextInt(size * rounds + 1);
      int[] hits = new int[size];
      boolean wraps = Integer.toUnsignedLong(turn) + (long) size * rounds > 0xFFFFFFFFL;
      for (int i = 0; i < size * rounds; i++) {
        hits[RoundRobin.next(turn++, size, index -> true)]++;
      }
      for (int hit : hits) {
        // Where the counter overflows, the order jumps once.
        assertThat(hit)
            .as("seed %d, round %d", seed, round)
            .isBetween(rounds - (wraps ? 1 : 0), rounds + (wraps ? 1 : 0));
      }
    }
  }

  @Test
  void skipsWhatIsNotUsable() {
    assertThat(RoundRobin.next(0, 3, index -> index == 2)).isEqualTo(2);
    assertThat(RoundRobin.next(2, 3, index -> index == 1)).isEqualTo(1);
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(RoundRobin.next(7, 0, index -> true)).isEqualTo(-1);
    assertThat(RoundRobin.next(7, 3, index -> false)).isEqualTo(-1);
  }
}

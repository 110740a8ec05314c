package dev.berth.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  /** Fixed for ever: a change would move keys away from where their readers look. */
  @Test
  void knownKeysStayWhereTheyAre() {
    assertThat(new Partitions(1 << 16, 1, 1).ofCluster("default")).isEqualTo(0x5bde);
    assertThat(Partitions.DEFAULT.ofCluster("")).isEqualTo((int) (0x811c9dc5L % 8));
  }

  @Test
  void keysSpread() {
    long used =
        IntStream.range(0, 200)
            .map(i -> Partitions.DEFAULT.ofInstance("instance-" + i))
            .distinct()
            .count();
    assertThat(used).isEqualTo(16);
  }

  @Test
  void countsStartAtOne() {
    assertThatThrownBy(() -> new Partitions(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}

package dev.berth.node.domain.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreeGpusTest {
  private static final List<String> MACHINE = List.of("GPU-1", "GPU-2", "GPU-3");

  @Test
  void theFirstFreeOnesAreChosen() {
    List<Map<String, String>> living =
        List.of(Map.of(BerthLabels.GPU_IDS, "GPU-1"), Map.of("other", "label"));

    assertThat(FreeGpus.choose(MACHINE, living, 2)).containsExactly("GPU-2", "GPU-3");
  }

  @Test
  void noneIsGivenTwice() {
    List<Map<String, String>> living = List.of(Map.of(BerthLabels.GPU_IDS, "GPU-3,GPU-1"));

    assertThatThrownBy(() -> FreeGpus.choose(MACHINE, living, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 GPUs are needed, 1 of 3 are free");
  }
}

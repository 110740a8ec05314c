package dev.berth.lb.adapter.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedConfigurationTest {
  @TempDir Path folder;

  @Test
  void whatWasSavedIsThereAtTheNextStartAndOnlyItsOwnerReadsIt() throws Exception {
    Path file = folder.resolve("lb").resolve("configuration.json");
    try (SavedConfiguration first = new SavedConfiguration(file)) {
      first.identify("log-1");
      first.save(List.of(), List.of(target()));
    }

    SavedConfiguration next = new SavedConfiguration(file);

    assertThat(next.load().orElseThrow().targets()).containsExactly(target());
    assertThat(next.isOf("log-1")).isTrue();
    assertThat(next.isOf("log-2")).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    next.close();
  }

  @Test
  void aFileThatCantBeReadIsNoObstacle() throws Exception {
    Path file = folder.resolve("configuration.json");
    Files.writeString(file, "half of {", StandardCharsets.UTF_8);

    try (SavedConfiguration next = new SavedConfiguration(file)) {
      assertThat(next.load()).isEmpty();
      assertThat(next.isOf(null)).isFalse();
    }
  }

  private static TargetDesired target() {
    return new TargetDesired(
        "arn:g",
        "t:80",
        3,
        "default",
        "web",
        "t",
        "10.0.0.1",
        80,
        TargetDesiredState.REGISTERED,
        "zone-a");
  }
}

package dev.berth.node.adapter.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A node's data directory")
class DataDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  @TempDir Path directory;

  @Test
  void keepsTheIdentity() {
    // Given
    DataDirectory.Identity first;
    try (DataDirectory opened =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW)) {
      first = opened.identity();
    }
    // When
    try (DataDirectory again =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW.plusSeconds(60))) {
      // Then
      assertThat(again.identity().containerInstanceId())
          .isEqualTo(first.containerInstanceId())
          .matches("[0-9a-f]{32}");
      assertThat(again.identity().registeredAt()).isEqualTo(NOW);
    }
  }

  @Test
  void versionsGrowEvenWhenTheClockGoesBack() {
    // Given
    long first;
    try (DataDirectory opened =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW)) {
      first = opened.identity().firstVersion();
    }
    // When
    try (DataDirectory again =
        new DataDirectory(
            directory, "inst", "default", Optional.empty(), NOW.minusSeconds(86_400))) {
      // Then
      assertThat(again.identity().firstVersion()).isGreaterThan(first);
    }
  }

  @Test
  void isUsedByOneProcessAtATime() {
    try (DataDirectory opened =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW)) {
      assertThatThrownBy(
              () -> new DataDirectory(directory, "inst", "default", Optional.empty(), NOW))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Another node-service uses the data directory " + opened.path());
    }
  }

  @Test
  void belongsToOneInstallation() {
    // Given
    try (DataDirectory opened =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW)) {
      assertThat(opened.identity().installationId()).isEqualTo("inst");
    }
    // When, Then
    assertThatThrownBy(
            () -> new DataDirectory(directory, "other", "default", Optional.empty(), NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("belongs to installation inst, not to other");
  }

  @Test
  void belongsToOneCluster() throws IOException {
    // Given
    String id;
    try (DataDirectory opened =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW)) {
      id = opened.identity().containerInstanceId();
    }
    // When, Then
    assertThatThrownBy(() -> new DataDirectory(directory, "inst", "other", Optional.empty(), NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of cluster default, not of other");
    // Given what a node wrote that didn't keep its cluster yet
    Path file = directory.resolve("identity.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst(",?\\s*\"cluster\"\\s*:\\s*\"default\"", ""));
    // When
    try (DataDirectory again =
        new DataDirectory(directory, "inst", "other", Optional.empty(), NOW)) {
      // Then
      assertThat(again.identity().containerInstanceId()).isEqualTo(id);
      assertThat(again.identity().cluster()).isEqualTo("other");
    }
  }

  @Test
  void takesTheIdentityThatWasRegisteredForIt() {
    // Given
    String registered = "0123456789abcdef0123456789abcdef";
    try (DataDirectory opened =
        new DataDirectory(directory, "inst", "default", Optional.of(registered), NOW)) {
      assertThat(opened.identity().containerInstanceId()).isEqualTo(registered);
    }
    // When
    try (DataDirectory again =
        new DataDirectory(directory, "inst", "default", Optional.empty(), NOW)) {
      // Then
      assertThat(again.identity().containerInstanceId()).isEqualTo(registered);
    }
    assertThatThrownBy(
            () ->
                new DataDirectory(
                    directory,
                    "inst",
                    "default",
                    Optional.of("ffffffffffffffffffffffffffffffff"),
                    NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("belongs to container instance " + registered);
  }
}

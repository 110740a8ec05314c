package dev.berth.lb.adapter.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedLogsTest {
  private static final Duration DAY = Duration.ofDays(1);

  /** Files are of the time they are written at, so that it can't be made up. */
  private final Instant now = Instant.now();

  @TempDir Path folder;
  private Path name;

  @BeforeEach
  void name() {
    name = folder.resolve("50% off").resolve("web");
  }

  @Test
  void aLargeFileMakesRoomAndTheOldestGoes() throws IOException {
    try (RotatedLogs logs = new RotatedLogs(new AccessLogFiles(folder, 100, DAY, 3))) {
      for (int i = 0; i < 100; i++) {
        logs.append(name, "line %02d\n".formatted(i), now);
      }
    }

    assertThat(files()).containsExactly("web.0.log", "web.1.log", "web.2.log");
    assertThat(lines(0)).last().isEqualTo("line 99");
    assertThat(lines(1)).last().isEqualTo("line " + (99 - lines(0).size()));
    for (int i = 0; i < 3; i++) {
      assertThat(Files.size(file(i))).isLessThanOrEqualTo(100 + "line 00\n".length());
    }
  }

  @Test
  void aNewPeriodBeginsANewFile() throws IOException {
    try (RotatedLogs logs = new RotatedLogs(new AccessLogFiles(folder, 0, DAY, 2))) {
      logs.append(name, "today\n", now);
      logs.append(name, "today, too\n", now);
      logs.append(name, "tomorrow\n", now.plus(DAY));
    }

    assertThat(lines(0)).containsExactly("tomorrow");
    assertThat(lines(1)).containsExactly("today", "today, too");
  }

  @Test
  void aRestartGoesOnWithTheFileOfItsPeriodOnly() throws IOException {
    for (String line : List.of("first start\n", "second start\n")) {
      try (RotatedLogs logs = new RotatedLogs(new AccessLogFiles(folder, 0, DAY, 2))) {
        logs.append(name, line, now);
      }
    }
    assertThat(lines(0)).containsExactly("first start", "second start");

    Files.setLastModifiedTime(file(0), FileTime.from(now.minus(DAY)));
    try (RotatedLogs logs = new RotatedLogs(new AccessLogFiles(folder, 0, DAY, 2))) {
      logs.append(name, "next day\n", now);
    }

    assertThat(lines(0)).containsExactly("next day");
    assertThat(lines(1)).containsExactly("first start", "second start");
  }

  @Test
  void whatCantBeWrittenIsSaidSo() throws IOException {
    Files.writeString(folder.resolve("50% off"), "in the way");

    try (RotatedLogs logs = new RotatedLogs(new AccessLogFiles(folder, 0, DAY, 2))) {
      assertThatThrownBy(() -> logs.append(name, "lost\n", now)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothingKeptIsRefused() {
    assertThatThrownBy(() -> new AccessLogFiles(folder, 0, DAY, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path file(int number) {
    return name.resolveSibling("web." + number + ".log");
  }

  private List<String> lines(int number) throws IOException {
    return Files.readAllLines(file(number));
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(name.getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}

package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that {@code mutants/run} injects still fit the sources; finding them takes longer. */
class MutantsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path MUTANTS = Path.of("mutants");

  @ParameterizedTest
  @MethodSource("patches")
  void aPatchStillApplies(Path patch) throws IOException {
    List<String> lines = Files.readAllLines(patch);
    String file =
        lines.stream()
            .filter(line -> line.startsWith("+++ b/"))
            .map(line -> line.substring("+++ b/".length()).trim())
            .findFirst()
            .orElseThrow();
    String source = Files.readString(ROOT.resolve(file));
    for (List<String> hunk : hunks(lines)) {
      assertThat(source).as(patch + " changes " + file).containsOnlyOnce(before(hunk));
    }
  }

  @Test
  void thereAreAtLeastTen() throws IOException {
    assertThat(patches()).hasSizeGreaterThanOrEqualTo(10);
  }

  static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(MUTANTS)) {
      return files
          .filter(file -> file.toString().endsWith(".patch"))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static List<List<String>> hunks(List<String> lines) {
    List<List<String>> hunks = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("@@")) {
        hunks.add(new ArrayList<>());
      } else if (!hunks.isEmpty()) {
        hunks.getLast().add(line);
      }
    }
    return hunks;
  }

  /** What a hunk expects to find. */
  private static String before(List<String> hunk) {
    StringBuilder text = new StringBuilder();
    for (String line : hunk) {
      if (!line.startsWith("+") && !line.startsWith("\\")) {
        text.append(line.isEmpty() ? "" : line.substring(1)).append('\n');
      }
    }
    return text.toString();
  }
}

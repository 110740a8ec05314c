package dev.berth.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is made from the code and committed for its readers. The test fails when the two
 * differ; run it with {@code -Dberth.update=true} to write the file anew.
 */
final class CommittedFile {
  static final Path MODULE = Path.of("").toAbsolutePath();
  static final Path RESOURCES = MODULE.resolve("src/main/resources/dev/berth/contracts");
  static final Path DOCS = MODULE.resolveSibling("docs");

  private CommittedFile() {}

  static void assertIs(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("berth.update")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected, UTF_8);
    }
    assertThat(file).as("made from the code; run with -Dberth.update=true").exists();
    assertThat(Files.readString(file, UTF_8))
        .as("%s is what the code says; if the change is meant, run with -Dberth.update=true", file)
        .isEqualTo(expected);
  }
}

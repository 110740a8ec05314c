package dev.berth.e2e.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code docs/aws-operations.md} says that Berth can. */
public final class OperationsPage {
  private static final Path PAGE =
      Path.of("").toAbsolutePath().getParent().resolve("docs/aws-operations.md");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

  private OperationsPage() {}

  /** Names of the supported operations under a heading. */
  public static List<String> supported(String heading) {
    try {
      String line =
          Files.readAllLines(PAGE).stream()
              .dropWhile(one -> !one.equals("## " + heading))
              .filter(one -> one.startsWith("Supported, "))
              .findFirst()
              .orElseThrow();
      List<String> names =
          NAME.matcher(line).results().map((MatchResult match) -> match.group(1)).toList();
      assertThat(line).startsWith("Supported, " + names.size() + " of ");
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.berth.standalone.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Maven's output into a line per module and per test class, and keeps the sums. */
final class TestProgress {
  private static final Pattern MODULE = Pattern.compile(" Building (\\S+) .*(\\[\\d+/\\d+])");
  private static final Pattern TEST_CLASS =
      Pattern.compile(
          "Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+),"
              + " Time elapsed: ([\\d.,]+) s.* -- in (.+)");

  /** What a long test says of itself. */
  private static final Pattern PROGRESS = Pattern.compile("^\\[PROGRESS] +(\\S.*)");

  private static final Pattern ERROR = Pattern.compile("^\\[ERROR] +(\\S.*)");

  private int run;
  private int failed;
  private int skipped;

  /** What a line of output says that is worth showing. */
  Optional<String> read(String line) {
    Matcher module = MODULE.matcher(line);
    if (module.find()) {
      return Optional.of(module.group(2) + " " + module.group(1));
    }
    Matcher tests = TEST_CLASS.matcher(line);
    if (tests.find()) {
      int classRun = Integer.parseInt(tests.group(1));
      int classFailed = Integer.parseInt(tests.group(2)) + Integer.parseInt(tests.group(3));
      int classSkipped = Integer.parseInt(tests.group(4));
      run += classRun;
      failed += classFailed;
      skipped += classSkipped;
      String name = tests.group(6);
      return Optional.of(
          "  %-6s %-60s %4d tests%s %8s s"
              .formatted(
                  classFailed == 0 ? "ok" : "FAILED",
                  shown(name),
                  classRun,
                  classSkipped == 0 ? "" : " (" + classSkipped + " skipped)",
                  tests.group(5)));
    }
    Matcher progress = PROGRESS.matcher(line);
    if (progress.find()) {
      return Optional.of("  ... " + progress.group(1));
    }
    Matcher error = ERROR.matcher(line);
    return error.find() ? Optional.of("  " + error.group(1)) : Optional.empty();
  }

  /** A class goes by its simple name, unless it has a sentence for a name. */
  private static String shown(String name) {
    return name.contains(" ") ? name : name.substring(name.lastIndexOf('.') + 1);
  }

  int failed() {
    return failed;
  }

  int run() {
    return run;
  }

  /** The closing line. */
  String sums() {
    return "%d passed, %d failed, %d skipped".formatted(run - failed - skipped, failed, skipped);
  }
}

package dev.berth.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.standalone.home.BerthHome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestProgressTest {
  private final TestProgress progress = new TestProgress();

  @Test
  void addsUpTheTestsOfEachClassOnce() {
    List<Optional<String>> shown =
        List.of(
            progress.read("[INFO] Building api-service 1.0.0-SNAPSHOT                  [4/10]"),
            progress.read(
                "[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 5.981 s -- in dev.berth.api.GoodTest"),
            progress.read(
                "[ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in dev.berth.api.BadTest"),
            progress.read("[INFO] Tests run: 8, Failures: 1, Errors: 1, Skipped: 1"),
            progress.read(
                "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.2 s -- in How a task ends: stops, health"),
            progress.read("[INFO] --- surefire:3.5.4:test (default-test) @ api-service ---"));
    assertThat(shown.get(0)).contains("[4/10] api-service");
    assertThat(shown.get(1).orElseThrow()).contains("ok", "GoodTest", "5 tests (1 skipped)");
    assertThat(shown.get(2).orElseThrow()).contains("FAILED", "BadTest");
    assertThat(shown.get(3)).isEmpty();
    assertThat(shown.get(4).orElseThrow()).contains("How a task ends: stops, health", "2 tests");
    assertThat(shown.get(5)).isEmpty();
    assertThat(progress.sums()).isEqualTo("7 passed, 2 failed, 1 skipped");
  }

  @Test
  void showsHowFarALongTestIs() {
    assertThat(progress.read("[PROGRESS] 2,000 of 10,000 simulated cluster-hours after 85 s"))
        .contains("  ... 2,000 of 10,000 simulated cluster-hours after 85 s");
  }

  @Test
  void findsTheRepositorysShellScripts() {
    assertThat(ShellScripts.scripts(BerthHome.current().root()))
        .extracting(script -> script.getFileName().toString())
        .contains("berth", "run", "build.sh", "start.sh", "request")
        .doesNotContain("mvnw");
  }
}

package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.standalone.home.BerthHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of the script {@code berth}, each called by itself. */
class LauncherScriptTest {
  private static final Path SCRIPT = BerthHome.current().root().resolve("berth");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"25.0.1, 25", "21, 21", "21-ea, 21", "1.8.0_292, 8", "17.0.15, 17", "nonsense, 0"})
  void readsTheMajorVersionOfAJdk(String version, String major) throws Exception {
    assertThat(call("java_major " + version)).isEqualTo(major);
  }

  @Test
  void takesTheFirstJdkThatIsNewEnough() throws Exception {
    // Given an old JDK, a JRE and a new JDK, in this order
    jdk("old", "17.0.9", true);
    jdk("runtime-only", "25.0.1", false);
    Path good = jdk("new", "21.0.5", true);

    // When the script looks for one
    String found =
        call(
            "jdk_candidates() { printf '%s\\n' '"
                + folder
                + "/old' '"
                + folder
                + "/runtime-only' '"
                + folder
                + "/new'; }; find_jdk");

    // Then it takes the one that is new enough and complete
    assertThat(found).isEqualTo(good.toString());
  }

  @Test
  void looksInTheUsualFoldersWithoutAHomeToo() throws Exception {
    // As a unit of systemd, or a container, may run it
    assertThat(call("set -eu; unset HOME; jdk_candidates")).doesNotContain("HOME");
  }

  @Test
  void buildsAgainWhenASourceIsNewerThanTheLastBuild() throws Exception {
    // Given a module that was built after its source was written
    Path source = folder.resolve("module/src/main/java/A.java");
    Path stamp = folder.resolve("stamp");
    Files.createDirectories(folder.resolve("module/target"));
    write(source, 1000);
    write(folder.resolve("pom.xml"), 1000);
    write(folder.resolve("launcher.jar"), 1000);
    write(stamp, 2000);
    for (Path path = source.getParent(); !path.equals(folder); path = path.getParent()) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1000)));
    }
    String question =
        "ROOT='%s'; LAUNCHER_JAR=launcher.jar; if is_stale '%s' module; then echo stale; else echo fresh; fi"
            .formatted(folder, stamp);
    assertThat(call(question)).isEqualTo("fresh");

    // When the source is edited
    write(source, 3000);

    // Then the module is stale, and so it is when nothing was ever built
    assertThat(call(question)).isEqualTo("stale");
    write(source, 1000);
    Files.delete(stamp);
    assertThat(call(question)).isEqualTo("stale");
  }

  private Path jdk(String name, String version, boolean compiler) throws IOException {
    Path home = folder.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(home.resolve("bin/java"));
    if (compiler) {
      program(home.resolve("bin/javac"));
    }
    return home;
  }

  private static void program(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private static void write(Path file, long modifiedAtEpochSecond) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(modifiedAtEpochSecond)));
  }

  private static String call(String function) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "BERTH_SOURCED=1; . '" + SCRIPT + "'; " + function);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}

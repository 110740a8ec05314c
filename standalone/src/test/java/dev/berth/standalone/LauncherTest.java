package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user's mistake is answered with: one line, and never a stack trace. */
class LauncherTest {
  @TempDir Path folder;

  @Test
  void aFileIsNoFolderForData() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(refused(file, "up", "--detach"))
        .isEqualTo("berth: Can't make the folder " + file + ": it is there, and is no folder");
  }

  @Test
  void aFolderThatNobodyCanMakeIsNamed() throws Exception {
    assertThat(refused(Path.of("/proc/berth"), "up", "--detach"))
        .isEqualTo("berth: Can't make the folder /proc/berth: no such file or folder");
  }

  @Test
  void aPortOutOfRangeIsRefusedAndNotKept() throws Exception {
    Path home = folder.resolve("home");
    assertThat(refused(home, "up", "--detach", "--api-port", "99999"))
        .isEqualTo("berth: --api-port must be from 1 to 65535, not 99999");
    assertThat(home.resolve("installation.json")).doesNotExist();
  }

  @Test
  void lessThanNoLinesOfALogAreRefused() throws Exception {
    Path log = folder.resolve("logs/api.log");
    Files.createDirectories(log.getParent());
    Files.writeString(log, "a line\n");
    assertThat(refused(folder, "logs", "api", "-n", "-5"))
        .isEqualTo("berth: --lines must be a number from 0, not -5");
  }

  private static String refused(Path home, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Launcher.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("BERTH_HOME", home.toString());
    Process launcher = builder.start();
    String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(launcher.waitFor()).as(said).isEqualTo(1);
    return said.strip();
  }
}

package dev.berth.standalone.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.standalone.process.JavaCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticBusyboxTest {
  @TempDir Path folder;

  @Test
  void findsOneThatNeedsNoLibraries() {
    Path busybox = StaticBusybox.find(folder, folder);
    assertThat(StaticBusybox.isStatic(busybox)).isTrue();
  }

  @Test
  void aProgramWithADynamicLinkerAndAScriptAreNot() throws Exception {
    assertThat(StaticBusybox.isStatic(JavaCommand.java())).isFalse();
    Path script = folder.resolve("script");
    Files.createFile(
        script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(script, "#!/bin/sh\n");
    assertThat(StaticBusybox.isStatic(script)).isFalse();
  }
}

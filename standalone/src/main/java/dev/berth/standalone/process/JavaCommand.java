package dev.berth.standalone.process;

import java.nio.file.Path;

/** The Java that runs this program, which runs the children too. */
public final class JavaCommand {
  private JavaCommand() {}

  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }
}

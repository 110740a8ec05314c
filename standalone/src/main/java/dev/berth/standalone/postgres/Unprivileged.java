package dev.berth.standalone.postgres;

import dev.berth.standalone.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a process that refuses to run as root is started by root. */
final class Unprivileged {
  /** A user namespace without a mapping: files stay root's, the process sees another user. */
  private static final List<String> OWN_USER_NAMESPACE = List.of("unshare", "--user");

  private Unprivileged() {}

  /** What to put before a command; nothing when this process isn't root's. */
  static List<String> prefix() {
    if (!runningAsRoot()) {
      return List.of();
    }
    if (exits(List.of("unshare", "--user", "true"))) {
      return OWN_USER_NAMESPACE;
    }
    throw new ProcessFailedException(
        "PostgreSQL does not run as root, and this machine does not allow a user namespace"
            + " (unshare --user); start Berth as another user, or allow user namespaces");
  }

  private static boolean runningAsRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't tell the user of this process", e);
    }
  }

  private static boolean exits(List<String> command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      // The program is not installed.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while trying " + command, e);
    }
  }
}

package dev.berth.e2e.compose;

import dev.berth.e2e.Commands;
import java.util.List;

/** Docker Compose, as this machine has it. */
public final class ComposeCommand {
  private ComposeCommand() {}

  /** The words that begin a command of compose; empty where it can't be had. */
  public static List<String> find() {
    if (Commands.works("docker", "compose", "version")) {
      return List.of("docker", "compose");
    }
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!Commands.works("docker-compose", "version") && root) {
      Commands.works("apt-get", "install", "-y", "-q", "--no-install-recommends", "docker-compose");
    }
    return Commands.works("docker-compose", "version") ? List.of("docker-compose") : List.of();
  }
}

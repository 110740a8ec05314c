package dev.berth.standalone.docker;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Docker Engine comes onto a distribution.
 *
 * @param automatic whether Berth does it, rather than telling how
 * @param commands each a command line, in order, as root
 */
record InstallPlan(boolean automatic, List<List<String>> commands) {

  /**
   * The plan for a distribution.
   *
   * @param osRelease the content of {@code /etc/os-release}
   */
  static InstallPlan of(String osRelease) {
    Map<String, String> values =
        osRelease
            .lines()
            .map(line -> line.split("=", 2))
            .filter(parts -> parts.length == 2)
            .collect(
                Collectors.toMap(
                    parts -> parts[0].strip(),
                    parts -> parts[1].strip().replace("\"", "").toLowerCase(Locale.ROOT),
                    (first, second) -> second));
    Set<String> names =
        Stream.of(values.getOrDefault("ID", ""), values.getOrDefault("ID_LIKE", ""))
            .flatMap(value -> Stream.of(value.split(" ")))
            .collect(Collectors.toSet());
    if (names.contains("debian") || names.contains("ubuntu")) {
      return new InstallPlan(true, Packages.aptInstall("docker.io", "iptables"));
    }
    List<String> command;
    if (names.contains("fedora") || names.contains("rhel")) {
      command = List.of("dnf", "install", "moby-engine");
    } else if (names.contains("arch")) {
      command = List.of("pacman", "-S", "docker");
    } else if (names.contains("alpine")) {
      command = List.of("apk", "add", "docker");
    } else if (names.contains("suse") || names.contains("opensuse")) {
      command = List.of("zypper", "install", "docker");
    } else {
      return new InstallPlan(false, List.of());
    }
    return new InstallPlan(false, List.of(command));
  }
}

package dev.berth.benchmarks.lb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the benchmark needs of the machine: its tools, its cores, its limits. */
final class Machine {
  /** Where the proxy that is measured runs; everything else runs on the other one. */
  static final String PROXY_CORE = "0";

  static final String OTHER_CORE = "1";

  private Machine() {}

  /** Tools by the Debian package that has them. */
  private static final Map<String, String> TOOLS =
      new TreeMap<>(
          Map.of(
              "nginx", "nginx",
              "haproxy", "haproxy",
              "wrk", "wrk",
              "h2load", "nghttp2-client",
              "taskset", "util-linux"));

  /**
   * Installs what is missing where that is possible.
   *
   * @throws IllegalStateException if something is still missing, with what it is
   */
  static void prepare() throws IOException, InterruptedException {
    List<String> missing = missing();
    if (!missing.isEmpty() && isThere("apt-get")) {
      List<String> install = new ArrayList<>(List.of("apt-get", "install", "-y", "-qq"));
      install.addAll(missing);
      run(install);
    }
    List<String> still = missing();
    if (!still.isEmpty()) {
      throw new IllegalStateException("Missing, please install: " + String.join(" ", still));
    }
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new IllegalStateException("Two cores are needed: one for the proxy, one for the load");
    }
    // Children inherit it: Kafka, the backend and the load leave the proxy its core.
    run(List.of("taskset", "-acp", OTHER_CORE, Long.toString(ProcessHandle.current().pid())));
  }

  private static List<String> missing() {
    List<String> missing = new ArrayList<>();
    TOOLS.forEach(
        (tool, debianPackage) -> {
          if (!isThere(tool)) {
            missing.add(debianPackage);
          }
        });
    return missing;
  }

  private static boolean isThere(String tool) {
    return List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/bin", "/sbin")
        .stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  /** The output of a command, whatever it ends with. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** How many files a process may have open. */
  static int openFiles() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/limits")).stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.split(" {2,}")[2].strip())
        .mapToInt(hard -> hard.equals("unlimited") ? 1_000_000 : Integer.parseInt(hard))
        .findFirst()
        .orElse(1024);
  }

  static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }
}

package dev.berth.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A running child process whose output goes to a file. Children that still run when this JVM ends
 * are ended with it.
 */
public final class ChildProcess {
  private static final Duration POLL = Duration.ofMillis(150);
  private static final int TAIL_LINES = 15;
  private static final long LARGE_LOG_BYTES = 32L * 1024 * 1024;
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  private static final Path SET_SID = Path.of("/usr/bin/setsid");
  private static volatile Runnable orderlyStop = () -> {};

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll, "children"));
  }

  private final String name;
  private final Process process;
  private final Path logFile;

  private ChildProcess(String name, Process process, Path logFile) {
    this.name = name;
    this.process = process;
    this.logFile = logFile;
  }

  /** What is to happen when this JVM ends, before the children that still run are killed. */
  public static void beforeChildrenEnd(Runnable stop) {
    orderlyStop = stop;
  }

  /**
   * Starts a process, in a session of its own so that a Ctrl-C in the terminal is for its parent
   * only; standard output and error are appended to the log file, standard input is empty.
   *
   * @throws ProcessFailedException if it can't be started
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path logFile) {
    try {
      Files.createDirectories(logFile.toAbsolutePath().getParent());
      keepSmall(logFile);
      ProcessBuilder builder =
          new ProcessBuilder(inOwnSession(command))
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
      builder.environment().putAll(environment);
      ChildProcess child = new ChildProcess(name, builder.start(), logFile);
      RUNNING.removeIf(earlier -> !earlier.isAlive());
      RUNNING.add(child);
      return child;
    } catch (IOException e) {
      throw new ProcessFailedException(name + " could not be started: " + e.getMessage(), e);
    }
  }

  /** Starts a process and waits for its end; it must exit with 0. */
  public static void run(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path logFile,
      Duration timeout) {
    ChildProcess child = start(name, command, environment, logFile);
    if (!child.awaitExit(timeout)) {
      child.kill();
      throw new ProcessFailedException(name + " did not end within " + timeout + child.tail());
    }
    if (child.exitCode() != 0) {
      throw new ProcessFailedException(
          name + " failed with exit code " + child.exitCode() + child.tail());
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public Path logFile() {
    return logFile;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Exit code of an ended process; 128 + signal number when a signal ended it. */
  public int exitCode() {
    return process.exitValue();
  }

  /**
   * Waits until the condition holds.
   *
   * @throws ProcessFailedException if the process ends first, or the time is over; the message has
   *     the end of its log
   */
  public void awaitReady(BooleanSupplier ready, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!ready.getAsBoolean()) {
      if (awaitExit(POLL)) {
        throw new ProcessFailedException(
            "%s ended with exit code %d before it was ready%s".formatted(name, exitCode(), tail()));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ProcessFailedException(
            "%s was not ready within %s%s".formatted(name, timeout, tail()));
      }
    }
  }

  /** Waits for the end; false when the time is over first. */
  public boolean awaitExit(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while waiting for " + name, e);
    }
  }

  /** Asks the process to end (SIGTERM), and kills it when the grace is over. */
  public void stop(Duration grace) {
    process.destroy();
    if (!awaitExit(grace)) {
      kill();
    }
  }

  /** Sends a signal by its name, such as {@code INT}. */
  public void signal(String signal) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new ProcessFailedException("Can't signal " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while signalling " + name, e);
    }
  }

  /** Ends the process and its own children at once (SIGKILL), and waits until they are gone. */
  public void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    awaitExit(Duration.ofSeconds(30));
    descendants.forEach(descendant -> descendant.onExit().join());
  }

  /** A log that has grown large is put aside; the one put aside before it is dropped. */
  private static void keepSmall(Path logFile) throws IOException {
    if (Files.exists(logFile) && Files.size(logFile) > LARGE_LOG_BYTES) {
      Files.move(
          logFile,
          logFile.resolveSibling(logFile.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void endAll() {
    try {
      orderlyStop.run();
    } finally {
      RUNNING.forEach(child -> child.process.destroyForcibly());
    }
  }

  private static List<String> inOwnSession(List<String> command) {
    if (!Files.isExecutable(SET_SID)) {
      return command;
    }
    List<String> prefixed = new ArrayList<>(List.of(SET_SID.toString()));
    prefixed.addAll(command);
    return prefixed;
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(logFile);
      int from = Math.max(0, lines.size() - TAIL_LINES);
      return "; the end of "
          + logFile
          + ":\n  "
          + String.join("\n  ", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "; its log " + logFile + " can't be read: " + e.getMessage();
    }
  }
}

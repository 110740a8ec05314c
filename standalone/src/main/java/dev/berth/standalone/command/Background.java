package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.process.JavaCommand;
import dev.berth.standalone.process.Polling;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A supervisor in the background, whose words are shown until it is ready. */
final class Background {
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);

  private Background() {}

  /** Starts it and waits until everything is ready. */
  static int start(Stack stack, PrintWriter out) {
    Path log = stack.home().log("berth");
    Process process = launch(stack, log);
    // The supervisor's log begins anew with each start: everything in it is news.
    long[] shown = {0};
    boolean ended =
        Polling.until(
            () -> {
              shown[0] = show(log, shown[0], out);
              return stack.runFolder().isReady() || !process.isAlive();
            },
            READY_TIMEOUT);
    show(log, shown[0], out);
    if (!ended) {
      throw new RefusedException("not ready after " + READY_TIMEOUT + "; see " + log);
    }
    if (!process.isAlive()) {
      return process.exitValue() == 0 ? 1 : process.exitValue();
    }
    out.println(
        "It runs in the background (process " + process.pid() + "); ./berth down stops it.");
    out.flush();
    return 0;
  }

  private static Process launch(Stack stack, Path log) {
    List<String> command = new ArrayList<>(List.of("setsid", JavaCommand.java().toString()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(ManagementFactory.getRuntimeMXBean().getClassPath());
    command.add("dev.berth.standalone.Launcher");
    command.addAll(List.of("up", "--supervised"));
    try {
      Files.createDirectories(log.getParent());
      Files.deleteIfExists(stack.home().run().resolve("ready"));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("The supervisor can't be started", e);
    }
  }

  private static long show(Path log, long from, PrintWriter out) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] news = new byte[(int) Math.max(0, file.length() - from)];
      file.seek(from);
      file.readFully(news);
      out.print(new String(news, StandardCharsets.UTF_8));
      out.flush();
      return from + news.length;
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + log, e);
    }
  }
}

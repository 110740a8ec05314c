package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.process.Polling;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the log of a part. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Show the log of a part: api, scheduler, node-1, lb, kafka, postgres, berth.")
public final class LogsCommand implements Callable<Integer> {
  private static final Duration FOREVER = Duration.ofDays(3650);

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SERVICE", description = "Name of the part.")
  private String service;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing what comes.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "Show the last N lines; 200 by default.")
  private int lines = 200;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    BerthHome home = BerthHome.current();
    Path log = find(home, service);
    if (lines < 0) {
      throw new RefusedException("--lines must be a number from 0, not " + lines);
    }
    try {
      List<String> all = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      long[] position = {Files.size(log)};
      all.subList(Math.max(0, all.size() - lines), all.size())
          .forEach(
              line ->
                  out.println(
                      new String(
                          line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
      out.flush();
      if (follow) {
        Polling.until(
            () -> {
              position[0] = show(log, position[0], out);
              return out.checkError();
            },
            FOREVER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + log, e);
    }
    return 0;
  }

  private static Path find(BerthHome home, String service) {
    String name = service.endsWith("-service") ? service.replace("-service", "") : service;
    Path log = home.log(name);
    Path first = home.log(name + "-1");
    if (Files.exists(log)) {
      return log;
    }
    if (Files.exists(first)) {
      return first;
    }
    throw new RefusedException(
        "there is no log of \"%s\"; there are: %s".formatted(service, names(home.logs())));
  }

  private static String names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "none yet";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".log"))
          .map(file -> file.substring(0, file.length() - 4))
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + folder, e);
    }
  }

  private static long show(Path log, long from, PrintWriter out) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      // A log that is shorter than before has begun anew.
      long start = file.length() < from ? 0 : from;
      byte[] news = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(news);
      out.print(new String(news, StandardCharsets.UTF_8));
      out.flush();
      return start + news.length;
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + log, e);
    }
  }
}

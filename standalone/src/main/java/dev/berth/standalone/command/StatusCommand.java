package dev.berth.standalone.command;

import dev.berth.standalone.suite.Component;
import dev.berth.standalone.suite.JavaService;
import dev.berth.standalone.supervisor.RunFolder;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show what runs. Ends with 0 when everything is ready, with 3 when not.")
public final class StatusCommand implements Callable<Integer> {
  private static final int NOT_READY = 3;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Stack stack = Stack.existing();
    RunFolder run = stack.runFolder();
    out.println(
        run.supervisor()
            .map(process -> "Berth is up (process " + process.pid() + ").")
            .orElse("Berth is not up."));
    out.printf("%n%-12s %-10s %-8s %-14s %s%n", "PART", "STATE", "PROCESS", "PORT", "LOG");
    boolean allReady = run.supervisor().isPresent();
    for (Component part : stack.components()) {
      Optional<ProcessHandle> process = run.process(part.name());
      boolean ready = process.isPresent() && isReady(part);
      allReady &= ready;
      out.printf(
          "%-12s %-10s %-8s %-14s %s%n",
          part.name(),
          process.isEmpty() ? "stopped" : ready ? "ready" : "not ready",
          process.map(handle -> Long.toString(handle.pid())).orElse("-"),
          part.ports().stream().map(String::valueOf).collect(Collectors.joining(",")),
          part.logFile());
    }
    out.flush();
    return allReady ? 0 : NOT_READY;
  }

  /** Kafka and PostgreSQL are judged by their process: it listens only when it is ready. */
  private static boolean isReady(Component part) {
    return !(part instanceof JavaService) || part.isReady();
  }
}

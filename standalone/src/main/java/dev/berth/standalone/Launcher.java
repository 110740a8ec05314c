package dev.berth.standalone;

import dev.berth.standalone.command.BenchCommand;
import dev.berth.standalone.command.ComposeEnvCommand;
import dev.berth.standalone.command.DemoCommand;
import dev.berth.standalone.command.DownCommand;
import dev.berth.standalone.command.ExampleImageCommand;
import dev.berth.standalone.command.LogsCommand;
import dev.berth.standalone.command.StatusCommand;
import dev.berth.standalone.command.TestCommand;
import dev.berth.standalone.command.TokenCommand;
import dev.berth.standalone.command.UpCommand;
import dev.berth.standalone.docker.DockerException;
import dev.berth.standalone.process.ProcessFailedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Entry point behind the script {@code ./berth}. */
@Command(
    name = "./berth",
    description = "Amazon ECS for machines you own.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "Berth 1.0.0-SNAPSHOT",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      DemoCommand.class,
      TestCommand.class,
      TokenCommand.class,
      ComposeEnvCommand.class,
      ExampleImageCommand.class,
      BenchCommand.class
    })
public final class Launcher implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Launcher());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          PrintWriter err = command.getErr();
          if (failure instanceof ProcessFailedException
              || failure instanceof DockerException
              || failure instanceof RefusedException) {
            err.println("berth: " + failure.getMessage());
          } else if (failure instanceof UncheckedIOException unchecked) {
            err.println("berth: " + failure.getMessage() + ": " + reason(unchecked.getCause()));
          } else {
            failure.printStackTrace(err);
          }
          return 1;
        });
    return line;
  }

  /** The file's name, which is all that the message of most of these has, is said already. */
  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "no such file or folder";
      case FileAlreadyExistsException other -> "it is there, and is no folder";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> failure.toString();
    };
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

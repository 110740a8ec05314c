package dev.berth.standalone.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that listens on a port.
 *
 * @param command its command line, shortened
 */
public record PortOwner(long pid, String command) {
  private static final String LISTEN = "0A";
  private static final int COMMAND_LENGTH = 120;

  /** Whether this machine's loopback address has no listener on a port. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Who listens on a TCP port; empty when it is another user's process, which can't be seen. */
  public static Optional<PortOwner> find(int port) {
    Set<String> inodes = new LinkedHashSet<>();
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      inodes.addAll(listeningInodes(read(Path.of(table)), port));
    }
    return inodes.isEmpty() ? Optional.empty() : processWith(inodes);
  }

  /** Socket inodes that listen on a port, from a table as in {@code /proc/net/tcp}. */
  static Set<String> listeningInodes(String table, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<String> inodes = new LinkedHashSet<>();
    table
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields.length > 9)
        .filter(fields -> fields[1].endsWith(suffix) && fields[3].equals(LISTEN))
        .forEach(fields -> inodes.add(fields[9]));
    return inodes;
  }

  private static String read(Path table) {
    try {
      return Files.readString(table);
    } catch (IOException e) {
      // A kernel without IPv6 has no second table.
      return "";
    }
  }

  private static Optional<PortOwner> processWith(Set<String> inodes) {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("\\d+"))
          .filter(process -> hasSocket(process, inodes))
          .findFirst()
          .map(
              process ->
                  new PortOwner(
                      Long.parseLong(process.getFileName().toString()), commandLine(process)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean hasSocket(Path process, Set<String> inodes) {
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors.anyMatch(
          descriptor -> {
            try {
              String target = Files.readSymbolicLink(descriptor).toString();
              return target.startsWith("socket:[")
                  && inodes.contains(target.substring(8, target.length() - 1));
            } catch (IOException e) {
              // Closed meanwhile.
              return false;
            }
          });
    } catch (IOException e) {
      // Ended meanwhile, or another user's.
      return false;
    }
  }

  private static String commandLine(Path process) {
    try {
      return shorten(Files.readString(process.resolve("cmdline")));
    } catch (IOException e) {
      return "?";
    }
  }

  /** Without the options that say how a JVM runs rather than what. */
  static String shorten(String arguments) {
    String command =
        Arrays.stream(arguments.split("\0"))
            .filter(argument -> !argument.startsWith("-X") && !argument.startsWith("-D"))
            .collect(Collectors.joining(" "))
            .strip();
    return command.length() <= COMMAND_LENGTH
        ? command
        : command.substring(0, COMMAND_LENGTH) + "...";
  }

  @Override
  public String toString() {
    return "process " + pid + " (" + command + ")";
  }
}

package dev.berth.e2e.balancer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.e2e.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests by curl, which knows that names under localhost are this machine. */
final class Curl {
  private Curl() {}

  /** What was answered; 0 if nobody did. */
  record Answer(int status, String redirect, String body) {}

  static void assumeThere() {
    assumeTrue(Commands.works("curl", "--version"), "needs curl");
  }

  /** Asks, by GET unless an option says otherwise. */
  static Answer ask(String url, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of("curl", "-s", "--max-time", "10", "-w", "\n%{http_code} %{redirect_url}"));
    command.addAll(List.of(options));
    command.add(url);
    String output = Commands.run(Path.of("."), Map.of(), command).output();
    int end = output.lastIndexOf('\n');
    String[] written = output.substring(end + 1).split(" ", 2);
    return new Answer(Integer.parseInt(written[0]), written[1], output.substring(0, end));
  }
}

package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.join.JoinToken;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what a further machine needs. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description =
        "Print the token with which a further machine joins. It holds secrets: who has it can act"
            + " as a node.")
public final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--env",
      description = "Print lines of an .env file for docker-compose.node.yml instead.")
  private boolean env;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Stack stack = Stack.existing();
    if (stack.installation().joined() != null) {
      throw new RefusedException("this machine has joined another one; ask for the token there");
    }
    if (stack.installation().advertise() == null) {
      throw new RefusedException(
          "Kafka listens for this machine only; say at which address others reach it:"
              + " ./berth down && ./berth up --advertise ADDRESS");
    }
    JoinToken token = stack.kafkaAccess().token();
    if (env) {
      out.println("BERTH_INSTALLATION_ID=" + token.installationId());
      out.println("BERTH_NODE_TOKEN=" + token.nodeToken());
      out.println("BERTH_KAFKA_BOOTSTRAP_SERVERS=" + token.kafkaBootstrapServers());
      token
          .kafkaSecurity()
          .forEach(
              (key, value) ->
                  out.println(
                      "KAFKA_%s='%s'"
                          .formatted(
                              key.replace('.', '_').toUpperCase(java.util.Locale.ROOT), value)));
    } else {
      out.println(token.encode());
    }
    out.flush();
    return 0;
  }
}

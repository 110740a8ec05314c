package dev.berth.standalone.command;

import dev.berth.contracts.secret.AccessKeyPair;
import dev.berth.contracts.secret.InstallationKey;
import dev.berth.standalone.home.Secrets;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.Uuid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings that docker-compose.yml has no value for. */
@Command(
    name = "compose-env",
    mixinStandardHelpOptions = true,
    description = "Print a new .env file for docker-compose.yml, with random secrets.")
public final class ComposeEnvCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("BERTH_INSTALLATION_ID=berth-" + Secrets.hex(6));
    out.println("BERTH_KAFKA_CLUSTER_ID=" + Uuid.randomUuid());
    out.println("BERTH_POSTGRES_PASSWORD=" + Secrets.hex(16));
    AccessKeyPair administrator = AccessKeyPair.generate();
    out.println("BERTH_ADMIN_ACCESS_KEY_ID=" + administrator.id());
    out.println("BERTH_ADMIN_SECRET_ACCESS_KEY=" + administrator.secret());
    out.println("BERTH_ADMIN_TOKEN=" + Secrets.hex(24));
    out.println("BERTH_SECRETS_KEY=" + InstallationKey.generate());
    out.println("BERTH_NODE_TOKEN=" + Secrets.hex(24));
    out.flush();
    return 0;
  }
}

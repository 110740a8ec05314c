package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.docker.DockerAddress;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.docker.DockerSetup;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.Ports;
import dev.berth.standalone.home.PrivateFiles;
import dev.berth.standalone.join.JoinToken;
import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.ProcessFailedException;
import dev.berth.standalone.suite.Suite;
import dev.berth.standalone.supervisor.RunFolder;
import dev.berth.standalone.supervisor.Supervisor;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything and keeps it running. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Start Berth on this machine; go on with the data that are there.")
public final class UpCommand implements Callable<Integer> {
  private static final int MAX_NODES = 50;
  private static final Duration INSTANCES_TIMEOUT = Duration.ofMinutes(1);

  @Spec private CommandSpec spec;

  @Option(names = "--nodes", paramLabel = "N", description = "Container instances on this machine.")
  private Integer nodes;

  @Option(
      names = {"-d", "--detach"},
      description = "Return when everything is ready, and leave it running.")
  private boolean detach;

  @Option(
      names = "--advertise",
      paramLabel = "ADDRESS",
      description =
          "Address at which other machines reach this one: opens Kafka to them, with TLS and a"
              + " password (on a machine that joins: to its tasks and logs).")
  private String advertise;

  @Option(
      names = "--join",
      paramLabel = "TOKEN",
      description = "Be a further machine of the installation whose `./berth token` printed this.")
  private String join;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the instance that joins; its host name by default.")
  private String name;

  @Option(
      names = "--account-id",
      paramLabel = "DIGITS",
      defaultValue = "${env:BERTH_ACCOUNT_ID}",
      description = "The account that ARNs name, 12 digits; 000000000000 at first.")
  private String accountId;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "${env:BERTH_REGION}",
      description = "The region that ARNs name and clients sign for; us-east-1 at first.")
  private String region;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Where the load balancer's listeners listen; 127.0.0.1 at first.")
  private String bind;

  @Option(names = "--api-port", paramLabel = "PORT", description = "8080 at first.")
  private Integer apiPort;

  @Option(names = "--scheduler-port", paramLabel = "PORT", description = "8081 at first.")
  private Integer schedulerPort;

  @Option(
      names = "--node-port",
      paramLabel = "PORT",
      description = "Of node 1; the others follow in steps of ten. 8082 at first.")
  private Integer nodePort;

  @Option(names = "--lb-port", paramLabel = "PORT", description = "8083 at first.")
  private Integer lbPort;

  @Option(names = "--kafka-port", paramLabel = "PORT", description = "19092 at first.")
  private Integer kafkaPort;

  @Option(
      names = "--kafka-external-port",
      paramLabel = "PORT",
      description = "For other machines; 19093 at first.")
  private Integer kafkaExternalPort;

  @Option(names = "--postgres-port", paramLabel = "PORT", description = "15432 at first.")
  private Integer postgresPort;

  @Option(names = "--supervised", hidden = true)
  private boolean supervised;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    BerthHome home = BerthHome.current();
    RunFolder run = new RunFolder(home.run());
    if (run.supervisor().isPresent() && !supervised) {
      out.println("Berth is already up (process " + run.supervisor().get().pid() + ").");
      out.print(Stack.existing().summary());
      out.flush();
      return 0;
    }
    PrivateFiles.createFolder(home.folder());
    if (supervised) {
      return supervise(Stack.existing(), out);
    }
    run.endLeftovers(line -> print(out, line));
    Stack stack = configured(home);
    stack.refuseTakenPorts();
    docker(stack, out);
    return detach ? Background.start(stack, out) : supervise(stack, out);
  }

  private Stack configured(BerthHome home) {
    Optional<Installation> kept = Installation.read(home.installationFile());
    Installation installation = kept.orElseGet(Installation::create);
    Ports ports = installation.ports();
    ports = apiPort == null ? ports : ports.withApi(apiPort);
    ports = schedulerPort == null ? ports : ports.withScheduler(schedulerPort);
    ports = nodePort == null ? ports : ports.withNode(nodePort);
    ports = lbPort == null ? ports : ports.withLb(lbPort);
    ports = kafkaPort == null ? ports : ports.withKafka(kafkaPort);
    ports = kafkaExternalPort == null ? ports : ports.withKafkaExternal(kafkaExternalPort);
    ports = postgresPort == null ? ports : ports.withPostgres(postgresPort);
    installation = installation.withPorts(ports);
    if (nodes != null) {
      if (nodes < 1 || nodes > MAX_NODES) {
        throw new RefusedException("--nodes must be from 1 to " + MAX_NODES);
      }
      installation = installation.withNodes(nodes);
    }
    ports
        .refusal(installation.nodes())
        .ifPresent(
            reason -> {
              throw new RefusedException(reason);
            });
    installation =
        advertise == null ? installation : installation.withAdvertise(Address.reachable(advertise));
    installation = identified(installation);
    installation = bind == null ? installation : installation.withBindAddress(bind);
    if (join != null) {
      installation = joined(installation, kept.isPresent());
    } else if (installation.joined() == null) {
      installation.makeCredentials(home.credentials());
      Installation.makeSecretsKey(home.secretsKey());
    }
    installation.write(home.installationFile());
    return new Stack(home, installation);
  }

  private Installation identified(Installation installation) {
    String account = accountId == null ? installation.accountId() : accountId;
    String where = region == null ? installation.region() : region;
    if (!account.matches("[0-9]{12}")) {
      throw new RefusedException("--account-id must be 12 digits");
    }
    if (!where.matches("[a-z]{2,}(-[a-z0-9]+)+")) {
      throw new RefusedException("--region must be like us-east-1");
    }
    return installation.withIdentity(account, where);
  }

  private Installation joined(Installation installation, boolean kept) {
    JoinToken token;
    try {
      token = JoinToken.decode(join);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage(), e);
    }
    if (kept && !installation.installationId().equals(token.installationId())) {
      throw new RefusedException(
          "this machine has an installation of its own (%s); remove it first: ./berth down --volumes"
              .formatted(installation.installationId()));
    }
    if (installation.advertise() == null) {
      throw new RefusedException(
          "--join needs --advertise ADDRESS, the address at which the other machines reach this one");
    }
    String instance = name != null ? name : installation.nodeName();
    return installation.joinedBy(token, instance == null ? hostName() : instance);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw new RefusedException("this machine has no host name; give one by --name", e);
    }
  }

  private static DockerEngine docker(Stack stack, PrintWriter out) {
    return new DockerSetup(
            DockerAddress.of(System.getenv()), stack.home().logs(), line -> print(out, line))
        .ensure();
  }

  private static int supervise(Stack stack, PrintWriter out) throws InterruptedException {
    RunFolder run = stack.runFolder();
    Optional<FileLock> lock = run.supervise();
    if (lock.isEmpty()) {
      throw new RefusedException("another ./berth up is starting or running");
    }
    print(out, "Starting Berth (data and logs: " + stack.home().folder() + ")");
    DockerEngine docker = docker(stack, out);
    Suite suite = stack.suite(Stack.capacity(docker));
    Supervisor supervisor = new Supervisor(suite, stack.home().run(), line -> print(out, line));
    ChildProcess.beforeChildrenEnd(
        () -> {
          print(out, "Stopping Berth; containers go on running");
          supervisor.stop();
          run.markStopped();
        });
    long begin = System.nanoTime();
    try {
      supervisor.start(
          part -> {
            if (part.equals("kafka") && stack.installation().advertise() != null) {
              stack.kafkaAccess().grant("127.0.0.1:" + stack.installation().ports().kafka());
            }
          });
    } catch (ProcessFailedException e) {
      print(out, "berth: " + e.getMessage());
      return 1;
    }
    awaitInstances(stack, suite, out);
    run.markReady();
    print(out, "  all ready after %.1f s".formatted((System.nanoTime() - begin) / 1e9));
    print(out, stack.summary());
    supervisor.awaitStopped();
    return 0;
  }

  /** What is placed before the instances are known would be refused for want of them. */
  private static void awaitInstances(Stack stack, Suite suite, PrintWriter out) {
    if (stack.installation().joined() != null) {
      return; // the API is on another machine
    }
    ConnectedInstances instances = new ConnectedInstances(stack.api());
    Set<String> names = Suite.nodeNames(stack.installation());
    try {
      suite
          .component("api")
          .orElseThrow()
          .process()
          .awaitReady(() -> instances.areThere(names), INSTANCES_TIMEOUT);
      print(out, "  %-12s ready".formatted("instances"));
    } catch (ProcessFailedException e) {
      print(
          out,
          "berth: not every container instance is connected yet; ./berth logs node-1 says why");
    }
  }

  private static void print(PrintWriter out, String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}

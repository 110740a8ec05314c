package dev.berth.standalone.suite;

import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.kafka.KafkaProcess;
import dev.berth.standalone.postgres.PostgresProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The parts of an installation on this machine.
 *
 * @param stages in the order of starting; the parts of one stage start together
 */
public record Suite(List<List<Component>> stages) {
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-Xms32m", "-XX:TieredStopAtLevel=1");
  // API and balancer answer requests by the hundreds a second: they get the optimizing compiler.
  private static final List<String> FAST = List.of("-XX:+UseSerialGC", "-Xms32m");
  // A control plane of a machine of its own: the young generation holds what is in flight.
  private static final List<String> LARGE = List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmn384m");

  public Suite {
    stages = stages.stream().map(List::copyOf).toList();
  }

  /** Kafka and PostgreSQL, then api, scheduler, nodes and lb. */
  public static Suite of(
      BerthHome home, Installation installation, Capacity machine, Map<String, String> kafka) {
    KafkaProcess.Builder broker =
        KafkaProcess.in(home.kafkaData())
            .port(installation.ports().kafka())
            .logFile(home.log(KafkaComponent.NAME));
    kafka.forEach(broker::property);
    List<Integer> kafkaPorts = new ArrayList<>(List.of(installation.ports().kafka()));
    if (installation.advertise() != null) {
      kafkaPorts.add(installation.ports().kafkaExternal());
    }
    PostgresProcess postgres =
        PostgresProcess.in(home.postgresData())
            .port(installation.ports().postgres())
            .password(installation.postgresPassword())
            .cache(home.cache())
            .logFile(home.log(PostgresComponent.NAME))
            .build();
    ServiceEnvironment environment = new ServiceEnvironment(home, installation);
    List<Component> services = new ArrayList<>();
    services.add(
        service(
            home,
            "api",
            "api-service",
            jvm(FAST, 256),
            environment.api(),
            installation.ports().api()));
    services.add(
        service(
            home,
            "scheduler",
            "scheduler-service",
            jvm(SMALL, 256),
            environment.scheduler(),
            installation.ports().scheduler()));
    Capacity share = machine.share(Math.max(1, installation.nodes()));
    for (int number = 1; number <= installation.nodes(); number++) {
      services.add(
          service(
              home,
              ServiceEnvironment.nodeName(number),
              "node-service",
              jvm(SMALL, 192),
              environment.node(number, share),
              installation.ports().ofNode(number)));
    }
    services.add(
        service(
            home, "lb", "lb-service", balancerJvm(), environment.lb(), installation.ports().lb()));
    return new Suite(
        List.of(
            List.of(
                new KafkaComponent(broker.build(), kafkaPorts), new PostgresComponent(postgres)),
            services));
  }

  /**
   * Kafka, PostgreSQL, api and scheduler as on machines of their own, with heaps for a large
   * cluster and the optimizing compiler; the container instances are the caller's.
   */
  public static Suite controlPlane(BerthHome home, Installation installation) {
    KafkaProcess kafka =
        KafkaProcess.in(home.kafkaData())
            .port(installation.ports().kafka())
            .logFile(home.log(KafkaComponent.NAME))
            .heapMegabytes(512)
            .jvmOption("-XX:TieredStopAtLevel=4")
            .build();
    PostgresProcess postgres =
        PostgresProcess.in(home.postgresData())
            .port(installation.ports().postgres())
            .password(installation.postgresPassword())
            .cache(home.cache())
            .logFile(home.log(PostgresComponent.NAME))
            .setting("shared_buffers=256MB")
            .setting("max_wal_size=4GB")
            .build();
    JavaService api =
        service(
            home,
            "api",
            "api-service",
            jvm(LARGE, 1024),
            new ServiceEnvironment(home, installation).api(),
            installation.ports().api());
    return new Suite(
        List.of(
            List.of(
                new KafkaComponent(kafka, List.of(installation.ports().kafka())),
                new PostgresComponent(postgres)),
            List.of(
                api,
                controlPlaneScheduler(
                    home, installation, "scheduler", installation.ports().scheduler()))));
  }

  /** A scheduler for {@link #controlPlane}, which may have several. */
  public static Component controlPlaneScheduler(
      BerthHome home, Installation installation, String name, int port) {
    return service(
        home,
        name,
        "scheduler-service",
        jvm(LARGE, 1024),
        new ServiceEnvironment(home, installation).scheduler(name, port),
        port);
  }

  /** How lb-service's JVM is started; its benchmark starts it alike. */
  public static List<String> balancerJvm() {
    return jvm(FAST, 192);
  }

  /** The node of a further machine, and nothing else. */
  public static Suite ofJoined(BerthHome home, Installation installation, Capacity machine) {
    return new Suite(
        List.of(
            List.of(
                new JavaService(
                    installation.nodeName(),
                    home.serviceJar("node-service"),
                    jvm(SMALL, 192),
                    new ServiceEnvironment(home, installation).joinedNode(machine),
                    installation.advertise(),
                    installation.ports().node(),
                    home.log(installation.nodeName())))));
  }

  /** A second scheduler on the first machine, ready to take over from the first one. */
  public static Component standbyScheduler(BerthHome home, Installation installation, int port) {
    return service(
        home,
        "scheduler-2",
        "scheduler-service",
        jvm(SMALL, 256),
        new ServiceEnvironment(home, installation).scheduler("scheduler-2", port),
        port);
  }

  /**
   * One more node on the first machine, which offers what it has to a cluster of its own.
   *
   * @param containerInstanceArn what was registered for it, or null
   */
  public static Component furtherNode(
      BerthHome home,
      Installation installation,
      String name,
      String cluster,
      String containerInstanceArn,
      int port) {
    return service(
        home,
        name,
        "node-service",
        jvm(SMALL, 192),
        new ServiceEnvironment(home, installation)
            .furtherNode(name, cluster, containerInstanceArn, port, new Capacity(512, 512)),
        port);
  }

  /** Names of the container instances on the first machine. */
  public static Set<String> nodeNames(Installation installation) {
    return IntStream.rangeClosed(1, installation.nodes())
        .mapToObj(ServiceEnvironment::nodeName)
        .collect(Collectors.toSet());
  }

  public List<Component> components() {
    return stages.stream().flatMap(List::stream).toList();
  }

  /** A part by its name, such as {@code node-1}. */
  public Optional<Component> component(String name) {
    return components().stream().filter(part -> part.name().equals(name)).findFirst();
  }

  private static List<String> jvm(List<String> options, int heapMegabytes) {
    List<String> all = new ArrayList<>(options);
    all.add("-Xmx" + heapMegabytes + "m");
    // A thread that ran out of memory is gone; the process is started again.
    all.add("-XX:+ExitOnOutOfMemoryError");
    // jboss-logmanager must be the log manager before anything logs.
    all.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    return all;
  }

  private static JavaService service(
      BerthHome home,
      String name,
      String module,
      List<String> jvmOptions,
      Map<String, String> environment,
      int port) {
    Path jar = home.serviceJar(module);
    return new JavaService(
        name, jar, jvmOptions, environment, ServiceEnvironment.LOOPBACK, port, home.log(name));
  }
}

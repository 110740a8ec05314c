package dev.berth.node.config;

import dev.berth.contracts.Capabilities;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.node.adapter.host.HostFiles;
import dev.berth.node.adapter.journal.DataDirectory;
import dev.berth.node.adapter.journal.FileTaskJournal;
import dev.berth.node.application.ContainerEngine;
import dev.berth.node.application.EngineWatch;
import dev.berth.node.application.EventSink;
import dev.berth.node.application.InstanceReporter;
import dev.berth.node.application.LatestRecords;
import dev.berth.node.application.Machine;
import dev.berth.node.application.Node;
import dev.berth.node.application.NodeIdentity;
import dev.berth.node.application.NodeMetrics;
import dev.berth.node.application.NodeRecovery;
import dev.berth.node.application.TaskJournal;
import dev.berth.node.application.TaskPlanner;
import dev.berth.node.application.TaskSupervisor;
import dev.berth.node.application.Versions;
import dev.berth.node.application.Workers;
import dev.berth.node.domain.container.EngineInfo;
import dev.berth.node.domain.container.NodeOffer;
import dev.berth.node.domain.task.TaskPolicy;
import dev.berth.node.domain.task.TaskTransitions;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the node together. */
@Singleton
public class NodeBeans {
  private static final int UNITS_PER_CORE = 1024;
  private static final long MIB = 1024 * 1024;

  private final NodeConfig config;
  private final DockerConfig dockerConfig;
  private final InstallationConfig installation;
  private final int httpPort;
  private final String version;

  NodeBeans(
      NodeConfig config,
      DockerConfig dockerConfig,
      InstallationConfig installation,
      @ConfigProperty(name = "quarkus.http.port") int httpPort,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "1.0.0")
          String version) {
    this.config = config;
    this.dockerConfig = dockerConfig;
    this.installation = installation;
    this.httpPort = httpPort;
    this.version = version;
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  DataDirectory dataDirectory(Clock clock) {
    return new DataDirectory(
        config.dataDir(),
        installation.installationId(),
        config.cluster(),
        config.containerInstanceArn().map(arn -> RegisteredInstance.id(arn, config.cluster())),
        clock.instant());
  }

  void release(@Disposes DataDirectory directory) {
    directory.close();
  }

  @Produces
  @Singleton
  NodeIdentity identity(DataDirectory directory, Clock clock) {
    DataDirectory.Identity identity = directory.identity();
    return new NodeIdentity(
        identity.installationId(),
        config.cluster(),
        identity.containerInstanceId(),
        config.name(),
        config.availabilityZone(),
        config.hostAddress(),
        config.logsUrl().orElse("http://" + config.hostAddress() + ":" + httpPort),
        identity.registeredAt(),
        clock.instant());
  }

  @Produces
  @Singleton
  Machine machine() {
    HostFiles host = new HostFiles(Path.of("/"));
    return new Machine(
        config.ec2InstanceId().or(host::ec2InstanceId).orElse(null),
        config.gpuIds().orElseGet(host::gpuIds));
  }

  @Produces
  @Singleton
  Versions versions(DataDirectory directory) {
    return new Versions(directory.identity().firstVersion());
  }

  @Produces
  @Singleton
  NodeMetrics metrics(MeterRegistry registry) {
    return new NodeMetrics(registry);
  }

  @Produces
  @Singleton
  FileTaskJournal journal(DataDirectory directory, NodeMetrics metrics) {
    return new FileTaskJournal(directory.path(), metrics::journalForced);
  }

  void close(@Disposes FileTaskJournal journal) {
    journal.close();
  }

  @Produces
  @Singleton
  Workers workers() {
    return new Workers();
  }

  @Produces
  @Singleton
  LatestRecords records(EventSink sink, Versions versions, Workers workers) {
    return new LatestRecords(sink, versions, workers.timer());
  }

  @Produces
  @Singleton
  TaskSupervisor supervisor(
      NodeIdentity node,
      ContainerEngine engine,
      TaskPlanner planner,
      TaskJournal journal,
      LatestRecords records,
      Workers workers,
      Clock clock,
      NodeMetrics metrics,
      MeterRegistry registry) {
    TaskSupervisor supervisor =
        new TaskSupervisor(
            node,
            engine,
            planner,
            journal,
            records,
            workers,
            new TaskTransitions(new TaskPolicy(config.taskCleanupWait(), config.stopTimeout())),
            clock,
            metrics);
    registry.gauge("berth.node.tasks.running", supervisor, TaskSupervisor::running);
    registry.gauge("berth.node.records.waiting", records, LatestRecords::waiting);
    return supervisor;
  }

  @Produces
  @Singleton
  InstanceReporter instanceReporter(
      NodeIdentity node,
      TaskSupervisor supervisor,
      EventSink sink,
      LatestRecords records,
      Versions versions,
      Workers workers,
      Clock clock) {
    return new InstanceReporter(
        node,
        version,
        supervisor,
        sink,
        records,
        versions,
        workers,
        clock,
        config.heartbeatInterval());
  }

  @Produces
  @Singleton
  Node node(
      NodeIdentity identity,
      ContainerEngine engine,
      TaskPlanner planner,
      TaskJournal journal,
      TaskSupervisor supervisor,
      InstanceReporter reporter,
      LatestRecords records,
      Workers workers,
      Machine machine) {
    return new Node(
        new NodeRecovery(identity, engine, journal, supervisor),
        new EngineWatch(identity, engine, supervisor, workers, reporter::engineConnected),
        reporter,
        supervisor,
        records,
        workers,
        () -> {
          planner.prepare();
          return offer(engine.info(), machine);
        },
        config.reconcileInterval());
  }

  private InstanceReporter.Offer offer(EngineInfo engine, Machine machine) {
    NodeOffer known =
        NodeOffer.of(
            dockerConfig.hostPower().policy(),
            dockerConfig.repositoryCredentialsDir().isPresent(),
            engine);
    int cpu = config.cpu().orElse(engine.cpus() * UNITS_PER_CORE);
    int memory = config.memory().orElse((int) (engine.memory() / MIB) - config.reservedMemory());
    return new InstanceReporter.Offer(
        new Resources(cpu, memory, reservedPorts(), machine.gpuIds().size()),
        attributes(known),
        engine.version(),
        machine);
  }

  private List<HostPort> reservedPorts() {
    List<HostPort> ports = new ArrayList<>();
    config.reservedPorts().forEach(port -> ports.add(new HostPort(port, Protocol.TCP)));
    ports.add(new HostPort(httpPort, Protocol.TCP));
    return ports.stream().distinct().toList();
  }

  private List<Attribute> attributes(NodeOffer known) {
    List<Attribute> attributes = new ArrayList<>(known.attributes());
    attributes.add(Attribute.of(Capabilities.AVAILABILITY_ZONE, config.availabilityZone()));
    attributes.add(Attribute.of("ecs.instance-type", config.instanceType()));
    attributes.add(Attribute.of("ecs.os-family", "LINUX"));
    config
        .attributes()
        .forEach(
            (name, value) -> attributes.add(Attribute.of(name, value.isEmpty() ? null : value)));
    return attributes;
  }
}

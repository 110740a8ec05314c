package dev.berth.simulation;

import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.contracts.Topic;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.node.application.EngineWatch;
import dev.berth.node.application.EventSink;
import dev.berth.node.application.InstanceReporter;
import dev.berth.node.application.LatestRecords;
import dev.berth.node.application.Node;
import dev.berth.node.application.NodeIdentity;
import dev.berth.node.application.NodeMetrics;
import dev.berth.node.application.NodeRecovery;
import dev.berth.node.application.TaskPlan;
import dev.berth.node.application.TaskSupervisor;
import dev.berth.node.application.Versions;
import dev.berth.node.application.Workers;
import dev.berth.node.domain.container.ImagePullBehavior;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.task.TaskPolicy;
import dev.berth.node.domain.task.TaskTransitions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A machine: its engine and its disk last, its node's process comes and goes. */
final class Machine {
  static final Duration HEARTBEAT = Duration.ofSeconds(20);
  static final String INSTALLATION = "installation";
  static final String CLUSTER = "default";

  private static final NodeMetrics METRICS = new NodeMetrics(new SimpleMeterRegistry());
  private static final Duration RECONCILE = Duration.ofMinutes(5);
  private static final TaskPolicy POLICY =
      new TaskPolicy(Duration.ofMinutes(5), Duration.ofSeconds(30));

  private final Sim sim;
  private final SimLog log;
  private final String id;
  private final String zone;
  private final String provider;
  private final String host;
  private final Resources size;
  private final SimDocker docker;
  private final SimJournal journal;
  private final Instant bornAt;
  private Life process = new Life("never started");
  private Node node;
  private LogReader reader;
  private long incarnation;
  private boolean connected = true;
  private boolean powered = true;
  private boolean goneForGood;
  private long slowUntil;

  Machine(
      Sim sim, SimLog log, Referee referee, String id, String zone, String provider, String host) {
    this.sim = sim;
    this.log = log;
    this.id = id;
    this.zone = zone;
    this.provider = provider;
    this.host = host;
    this.size = new Resources(4_096, 8_192, List.of(), 0);
    this.docker = new SimDocker(sim, this, referee);
    this.journal = new SimJournal(sim);
    this.bornAt = sim.instant();
    log.onReplaced(this::noticeLog);
  }

  String id() {
    return id;
  }

  /** The capacity provider that it serves. */
  String provider() {
    return provider;
  }

  String host() {
    return host;
  }

  Resources size() {
    return size;
  }

  SimDocker docker() {
    return docker;
  }

  SimJournal journal() {
    return journal;
  }

  Life process() {
    return process;
  }

  LogReader reader() {
    return reader;
  }

  boolean isUp() {
    return powered && !process.isOver();
  }

  boolean isPowered() {
    return powered;
  }

  boolean isConnected() {
    return connected && powered;
  }

  boolean isGoneForGood() {
    return goneForGood;
  }

  void connected(boolean now) {
    connected = now;
  }

  void slow(long millis) {
    slowUntil = sim.now() + millis;
  }

  /** Ends the node's process as kill -9 does; its containers go on. */
  void kill() {
    process.end();
  }

  /** Nothing runs here any more. */
  void powerOff() {
    kill();
    docker.lostPower();
    powered = false;
  }

  void goneForGood() {
    powerOff();
    goneForGood = true;
  }

  /** Power is back; so is the node. */
  void powerOn() {
    powered = true;
    start();
  }

  /** Starts the node's process. */
  void start() {
    if (!powered || goneForGood || (node != null && !process.isOver())) {
      return;
    }
    process = new Life("node " + id);
    journal.open(process);
    incarnation++;
    NodeIdentity identity =
        new NodeIdentity(
            INSTALLATION, CLUSTER, id, id, zone, host, "http://" + host, bornAt, sim.instant());
    SimExecutor timer = new SimExecutor(sim, process, () -> 0);
    Workers workers =
        new Workers(
            new SimExecutor(sim, process, null),
            executor(40, 4_000),
            executor(30, 2_000),
            executor(300, 12_000),
            executor(5, 300),
            timer);
    Versions versions = new Versions(incarnation << 32);
    EventSink sink = this::send;
    LatestRecords records = new LatestRecords(sink, versions, timer);
    TaskSupervisor supervisor =
        new TaskSupervisor(
            identity,
            docker,
            Machine::plan,
            journal,
            records,
            workers,
            new TaskTransitions(POLICY),
            sim.clock(),
            METRICS);
    InstanceReporter reporter =
        new InstanceReporter(
            identity,
            "simulated",
            supervisor,
            sink,
            records,
            versions,
            workers,
            sim.clock(),
            HEARTBEAT);
    node =
        new Node(
            new NodeRecovery(identity, docker, journal, supervisor),
            new EngineWatch(identity, docker, supervisor, workers, reporter::engineConnected),
            reporter,
            supervisor,
            records,
            workers,
            this::offer,
            RECONCILE);
    sim.story().tell("%s: node process %d starts", id, incarnation);
    // So that the nodes' heartbeats don't fall into step.
    sim.after(sim.dice().between(0, HEARTBEAT.toMillis()), process, node::start);
    Life started = process;
    var unused = node.recovered().thenRun(() -> follow(started, supervisor));
    noticeLog();
  }

  private SimExecutor executor(long usual, long worst) {
    return new SimExecutor(
        sim, process, () -> sim.dice().delay(usual, worst) * (sim.now() < slowUntil ? 20 : 1));
  }

  private InstanceReporter.Offer offer() {
    docker.info();
    return new InstanceReporter.Offer(
        size,
        List.of(
            Attribute.of("ecs.availability-zone", zone),
            Attribute.of(CapacityProviders.GROUP_ATTRIBUTE, Providers.group(provider)),
            Attribute.of("ecs.instance-type", "simulated"),
            Attribute.of("ecs.os-type", "linux"),
            Attribute.of("ecs.cpu-architecture", "x86_64")),
        "simulated");
  }

  private void follow(Life started, TaskSupervisor supervisor) {
    reader =
        new LogReader(
            sim,
            started,
            log,
            this::isConnected,
            20,
            (topic, key, value) -> {
              if (value == null) {
                supervisor.assignmentGone(key);
              } else if (value instanceof TaskAssigned assigned
                  && assigned.containerInstanceId().equals(id)) {
                supervisor.assigned(assigned);
              }
            },
            () -> {});
    reader.add(log.part(Topic.TASK_ASSIGNED, id));
    reader.start(null);
  }

  /** The node's watch of the log: it tells the node which log there is, once that can be seen. */
  private void noticeLog() {
    if (process.isOver()) {
      return;
    }
    Life noticing = process;
    sim.after(sim.dice().between(100, 3_000), noticing, () -> noticeLog(log.generation()));
  }

  private void noticeLog(int generation) {
    if (generation != log.generation()) {
      return;
    }
    if (!log.isReachable() || !isConnected()) {
      sim.after(Sim.SECOND, process, () -> noticeLog(generation));
      return;
    }
    node.logChanged(log.identity());
    if (generation > 1 && reader != null && !reader.life().isOver()) {
      reader.rewind();
    }
  }

  private CompletionStage<Void> send(Topic topic, String key, String partitionKey, Object value) {
    if (topic == Topic.CONTAINER_INSTANCE_HEARTBEAT) {
      if (log.isReachable() && isConnected()) {
        log.append(topic, key, partitionKey, value);
      }
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> answer = new CompletableFuture<>();
    Life sender = process;
    // The request may arrive although its sender has died meanwhile.
    sim.after(
        sim.dice().delay(5, 800),
        Life.FOREVER,
        () -> arrive(sender, answer, topic, key, partitionKey, value));
    return answer;
  }

  private void arrive(
      Life sender,
      CompletableFuture<Void> answer,
      Topic topic,
      String key,
      String partitionKey,
      Object value) {
    if (!log.isReachable() || !isConnected()) {
      sim.after(
          Sim.SECOND, sender, () -> answer.completeExceptionally(new IOException("no answer")));
      return;
    }
    log.append(topic, key, partitionKey, value);
    if (sim.dice().chance(0.003)) {
      sim.tally().count(Fault.MESSAGE_DUPLICATED);
      log.append(topic, key, partitionKey, value);
    }
    if (sim.dice().chance(0.003)) {
      sim.tally().count(Fault.ACKNOWLEDGEMENT_LOST);
      sim.after(
          Sim.SECOND, sender, () -> answer.completeExceptionally(new IOException("no answer")));
    } else {
      sim.after(2, sender, () -> answer.complete(null));
    }
  }

  private static TaskPlan plan(TaskAssigned assigned) {
    Map<String, ImageRequest> images = new HashMap<>();
    for (ContainerDefinition container : assigned.taskDefinition().containerDefinitions()) {
      images.put(
          container.name(),
          new ImageRequest(container.image(), ImagePullBehavior.PREFER_CACHED, null));
    }
    return new TaskPlan(List.of(), TaskContainers.of(assigned), images);
  }

  @Override
  public String toString() {
    return id;
  }
}

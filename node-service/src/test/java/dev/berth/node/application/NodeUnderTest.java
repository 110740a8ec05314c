package dev.berth.node.application;

import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.node.adapter.journal.DataDirectory;
import dev.berth.node.adapter.journal.FileTaskJournal;
import dev.berth.node.domain.container.ImagePullBehavior;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.TaskContainers;
import dev.berth.node.domain.task.Assignments;
import dev.berth.node.domain.task.TaskPolicy;
import dev.berth.node.domain.task.TaskTransitions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A whole node, without Kafka, on any engine. {@link #kill} ends it as kill -9 does: nothing more
 * is written and nothing is stopped; a new one on the same directory goes on.
 */
public final class NodeUnderTest implements AutoCloseable {
  private final DataDirectory directory;
  private final FileTaskJournal journal;
  private final Workers workers = new Workers();
  private final EngineWatch watch;
  private final TaskSupervisor supervisor;
  private final Node node;
  private final NodeIdentity identity;
  private final RecordingSink sink;

  /** Starts a node on a data directory and waits until it has recovered. */
  public NodeUnderTest(Path data, ContainerEngine engine, RecordingSink sink, TaskPolicy policy) {
    this.sink = sink;
    Clock clock = Clock.systemUTC();
    NodeMetrics metrics = new NodeMetrics(new SimpleMeterRegistry());
    directory =
        new DataDirectory(
            data, Assignments.INSTALLATION, "default", Optional.empty(), clock.instant());
    journal = new FileTaskJournal(data, metrics::journalForced);
    identity =
        new NodeIdentity(
            Assignments.INSTALLATION,
            "default",
            directory.identity().containerInstanceId(),
            "node-1",
            "zone-a",
            "127.0.0.1",
            "http://127.0.0.1:8082",
            directory.identity().registeredAt(),
            clock.instant());
    Versions versions = new Versions(directory.identity().firstVersion());
    LatestRecords records = new LatestRecords(sink, versions, workers.timer());
    supervisor =
        new TaskSupervisor(
            identity,
            engine,
            NodeUnderTest::plan,
            journal,
            records,
            workers,
            new TaskTransitions(policy),
            clock,
            metrics);
    InstanceReporter reporter =
        new InstanceReporter(
            identity,
            "test",
            supervisor,
            sink,
            records,
            versions,
            workers,
            clock,
            Duration.ofMillis(50));
    watch = new EngineWatch(identity, engine, supervisor, workers, reporter::engineConnected);
    node =
        new Node(
            new NodeRecovery(identity, engine, journal, supervisor),
            watch,
            reporter,
            supervisor,
            records,
            workers,
            () ->
                new InstanceReporter.Offer(
                    new Resources(4096, 8192, List.of(), 0), List.of(), engine.info().version()),
            Duration.ofMillis(200));
    node.start();
    node.logChanged("log-1");
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

  /** Waits until the tasks of earlier processes were adopted. */
  public NodeUnderTest recovered() {
    org.awaitility.Awaitility.await().until(node::isRecovered);
    return this;
  }

  /** An assignment of a new task of this node. */
  public TaskAssigned task(String definition) {
    return Assignments.running(
        UUID.randomUUID().toString().replace("-", ""), identity.containerInstanceId(), definition);
  }

  /** Waits for a task's status. */
  public TaskStatus await(TaskAssigned task, TaskLifecycle status) {
    org.awaitility.Awaitility.await(task.taskId() + " " + status)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                sink.status(task.taskId()).map(seen -> seen.lastStatus() == status).orElse(false));
    return sink.status(task.taskId()).orElseThrow();
  }

  /** The tasks of this node. */
  public TaskSupervisor supervisor() {
    return supervisor;
  }

  Node node() {
    return node;
  }

  NodeIdentity identity() {
    return identity;
  }

  /** Ends the node without a word. */
  public void kill() {
    watch.stop();
    workers.close();
    journal.close();
    directory.close();
  }

  /** Ends the node as SIGTERM does. */
  @Override
  public void close() {
    node.stop(Duration.ofSeconds(5));
    journal.close();
    directory.close();
  }
}

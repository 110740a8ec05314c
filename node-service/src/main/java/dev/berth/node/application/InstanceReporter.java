package dev.berth.node.application;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Tells who this node is, what it has to offer, and that it lives. */
public final class InstanceReporter {
  private static final Logger LOG = Logger.getLogger(InstanceReporter.class);

  private final NodeIdentity node;
  private final String agentVersion;
  private final TaskSupervisor supervisor;
  private final EventSink sink;
  private final LatestRecords records;
  private final Versions sequence;
  private final Workers workers;
  private final Clock clock;
  private final Duration interval;
  private final AtomicLong statusVersion = new AtomicLong();
  private final AtomicBoolean heartbeatInFlight = new AtomicBoolean();
  private volatile boolean engineConnected;
  private volatile boolean stopping;
  private volatile String logId;
  private volatile Offer offer;

  /** What the machine offers, known once its engine has answered. */
  public record Offer(
      Resources resources, List<Attribute> attributes, String engineVersion, Machine machine) {
    public Offer {
      attributes = List.copyOf(attributes);
    }

    /** Of a machine of which nothing more is known. */
    public Offer(Resources resources, List<Attribute> attributes, String engineVersion) {
      this(resources, attributes, engineVersion, new Machine(null, List.of()));
    }
  }

  public InstanceReporter(
      NodeIdentity node,
      String agentVersion,
      TaskSupervisor supervisor,
      EventSink sink,
      LatestRecords records,
      Versions sequence,
      Workers workers,
      Clock clock,
      Duration interval) {
    this.node = node;
    this.agentVersion = agentVersion;
    this.supervisor = supervisor;
    this.sink = sink;
    this.records = records;
    this.sequence = sequence;
    this.workers = workers;
    this.clock = clock;
    this.interval = interval;
  }

  /** Starts the heartbeats. */
  public void start() {
    var unused =
        workers
            .timer()
            .scheduleAtFixedRate(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The node has recovered and knows its machine: from now on its status is written. */
  public void offer(Offer newest) {
    offer = newest;
    engineConnected = true;
    report();
  }

  /** Whether the engine answers. */
  public void engineConnected(boolean connected) {
    if (engineConnected != connected) {
      engineConnected = connected;
      report();
    }
  }

  public boolean isEngineConnected() {
    return engineConnected;
  }

  /** The log that reports now go to. */
  public void logIs(String identity) {
    logId = identity;
    report();
  }

  /** The node is shut down on purpose; its containers go on. */
  public void stopping() {
    stopping = true;
    report();
  }

  /** Writes the instance's status once the machine and the log are known. */
  private void report() {
    if (offer != null && logId != null) {
      records.write(
          Topic.CONTAINER_INSTANCE_STATUS,
          node.containerInstanceId(),
          node.cluster(),
          this::status);
    }
  }

  private ContainerInstanceStatus status(long version) {
    statusVersion.set(version);
    Offer offered = offer;
    return new ContainerInstanceStatus(
        node.containerInstanceId(),
        node.cluster(),
        version,
        node.installationId(),
        node.name(),
        node.availabilityZone(),
        node.hostAddress(),
        node.logsUrl(),
        offered.resources(),
        offered.attributes(),
        agentVersion,
        offered.engineVersion(),
        engineConnected,
        stopping,
        supervisor.inventory(),
        logId,
        node.registeredAt(),
        node.startedAt(),
        offered.machine().ec2InstanceId(),
        offered.machine().gpuIds());
  }

  private void beat() {
    if (stopping || !heartbeatInFlight.compareAndSet(false, true)) {
      return;
    }
    try {
      ContainerInstanceHeartbeat heartbeat =
          new ContainerInstanceHeartbeat(
              node.containerInstanceId(),
              node.cluster(),
              sequence.next(),
              statusVersion.get(),
              engineConnected,
              interval.toMillis(),
              clock.instant());
      sink.send(
              Topic.CONTAINER_INSTANCE_HEARTBEAT,
              node.containerInstanceId(),
              node.cluster(),
              heartbeat)
          .whenComplete((done, failure) -> heartbeatInFlight.set(false));
    } catch (RuntimeException e) {
      // An exception would end the timer, and the node would be given up as lost.
      heartbeatInFlight.set(false);
      LOG.warn("A heartbeat was not sent", e);
    }
  }
}

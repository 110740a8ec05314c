package dev.berth.simulation;

import dev.berth.contracts.task.NetworkBinding;
import dev.berth.node.application.ContainerEngine;
import dev.berth.node.application.ContainerEngineException;
import dev.berth.node.application.ContainerEngineException.Kind;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerHealth;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.ContainerSummary;
import dev.berth.node.domain.container.EngineEvent;
import dev.berth.node.domain.container.EngineInfo;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.ImageState;
import dev.berth.node.domain.container.LogLine;
import dev.berth.node.domain.container.LogRequest;
import dev.berth.node.domain.container.NetworkHolder;
import dev.berth.node.domain.container.NetworkHolderSpec;
import dev.berth.node.domain.container.PublishedPort;
import dev.berth.node.domain.container.VolumeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A machine's Docker Engine. It outlives the node that uses it; what an image does is told by its
 * name, see {@link Images}.
 */
final class SimDocker implements ContainerEngine {
  private static final int KILLED = 137;

  private final Sim sim;
  private final Machine machine;
  private final Referee referee;
  private final Map<String, Container> byId = new LinkedHashMap<>();
  private final Map<String, Container> byName = new HashMap<>();
  private final Map<Integer, Container> byPort = new HashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<Fault, Long> refusals = new HashMap<>();
  private Life power = new Life("machine");
  private boolean away;
  private int nextId;
  private int nextPort = 32_768;

  SimDocker(Sim sim, Machine machine, Referee referee) {
    this.sim = sim;
    this.machine = machine;
    this.referee = referee;
  }

  /** One container, with its machine for company. */
  static final class Container {
    private final String id;
    private final Map<String, String> labels;
    private final ContainerSpec spec;
    private final Instant createdAt;
    private ContainerRunState state = ContainerRunState.CREATED;
    private Integer exitCode;
    private boolean outOfMemory;
    private ContainerHealth health;
    private boolean sickTarget;
    private List<NetworkBinding> bindings = List.of();
    private Instant startedAt;
    private Instant finishedAt;

    private Container(String id, ContainerSpec spec, Instant createdAt) {
      this.id = id;
      this.spec = spec;
      this.labels = spec.labels();
      this.createdAt = createdAt;
    }

    String taskId() {
      return labels.get(BerthLabels.TASK_ID);
    }

    String label(String name) {
      return labels.get(name);
    }

    boolean isRunning() {
      return state == ContainerRunState.RUNNING;
    }

    boolean isChecked() {
      return spec.healthProbe() != null;
    }

    private ContainerSnapshot snapshot() {
      return new ContainerSnapshot(
          id,
          spec.name(),
          spec.image(),
          "sha256:0",
          state,
          exitCode,
          outOfMemory,
          null,
          health,
          bindings,
          null,
          null,
          labels,
          createdAt,
          startedAt,
          finishedAt);
    }
  }

  Collection<Container> containers() {
    return byId.values();
  }

  /** Whether a port of this machine answers health checks well. */
  boolean answers(int hostPort) {
    Container container = byPort.get(hostPort);
    return container != null
        && container.isRunning()
        && !container.sickTarget
        && Images.answers(container.spec.image(), sim.now() - container.startedAt.toEpochMilli());
  }

  // What happens to it.

  void away(boolean now) {
    away = now;
    tell(now ? new EngineEvent.Disconnected("stopped") : new EngineEvent.MayHaveMissed());
  }

  boolean isAway() {
    return away;
  }

  /** Refuses some calls of a kind for a while. */
  void refuse(Fault call, long millis) {
    refusals.put(call, sim.now() + millis);
  }

  /** The machine loses its power, and comes back with all containers stopped. */
  void lostPower() {
    power.end();
    power = new Life("machine");
    listeners.clear();
    for (Container container : byId.values()) {
      if (container.isRunning()) {
        ended(container, KILLED, false);
      }
    }
    away = false;
  }

  void die(Container container, boolean outOfMemory) {
    end(container, outOfMemory ? KILLED : 1, outOfMemory);
  }

  /** It is gone, and nobody is told. */
  void removedByHand(Container container) {
    if (container.isRunning()) {
      ended(container, KILLED, false);
    }
    byId.remove(container.id);
    byName.remove(container.spec.name());
  }

  void sicken(Container container) {
    health(container, ContainerHealth.UNHEALTHY);
  }

  void sickenTarget(Container container) {
    container.sickTarget = true;
  }

  // The port.

  @Override
  public void ping() {
    checkThere("ping");
  }

  @Override
  public EngineInfo info() {
    checkThere("info");
    return new EngineInfo(
        "simulated", "1.41", "x86_64", "Linux", 4, 8L << 30, List.of(), List.of(), true);
  }

  @Override
  public ImageState ensureImage(ImageRequest request, Consumer<String> progress) {
    checkThere("pull");
    if (Images.isMissing(request.image()) || refuses(Fault.DOCKER_REFUSES_PULL)) {
      throw new ContainerEngineException(
          Kind.NOT_FOUND, "CannotPullContainerError: pull access denied", null);
    }
    return new ImageState("sha256:0", "sha256:" + request.image(), false);
  }

  @Override
  public String create(ContainerSpec spec) {
    checkThere("create");
    boolean refused = refuses(Fault.DOCKER_REFUSES_CREATE);
    boolean timesOut = refused && sim.dice().chance(0.5);
    if (refused && !timesOut) {
      throw new ContainerEngineException(
          Kind.REJECTED, "CannotCreateContainerError: no space left on device", null);
    }
    if (byName.containsKey(spec.name())) {
      throw new ContainerEngineException(
          Kind.CONFLICT, "CannotCreateContainerError: the name is in use", null);
    }
    String id = machine.id() + "-" + ++nextId;
    Container container = new Container(id, spec, sim.instant());
    byId.put(id, container);
    byName.put(spec.name(), container);
    referee.created(machine, container);
    if (timesOut) {
      throw new ContainerEngineException(Kind.TIMEOUT, "DockerTimeoutError: create", null);
    }
    return id;
  }

  @Override
  public void start(String containerId) {
    checkThere("start");
    Container container = byId.get(containerId);
    if (container == null) {
      throw new ContainerEngineException(Kind.NOT_FOUND, "No such container", null);
    }
    if (container.isRunning()) {
      return;
    }
    if (refuses(Fault.DOCKER_REFUSES_START)) {
      throw new ContainerEngineException(
          Kind.REJECTED, "CannotStartContainerError: cannot start", null);
    }
    container.bindings = publish(container);
    container.state = ContainerRunState.RUNNING;
    container.exitCode = null;
    container.startedAt = sim.instant();
    container.finishedAt = null;
    referee.started(machine, container);
    sim.tally().count(Tally.Effect.TASK_STARTED);
    Images.start(sim, power, this, container, container.spec.image());
  }

  private List<NetworkBinding> publish(Container container) {
    List<NetworkBinding> bindings = new ArrayList<>();
    for (PublishedPort port : container.spec.networking().ports()) {
      int hostPort = port.hostPort() == 0 ? nextPort++ : port.hostPort();
      Container other = byPort.get(hostPort);
      if (other != null && other.isRunning()) {
        throw new ContainerEngineException(
            Kind.PORT_TAKEN, "CannotStartContainerError: port is already allocated", null);
      }
      byPort.put(hostPort, container);
      bindings.add(new NetworkBinding("0.0.0.0", port.containerPort(), hostPort, port.protocol()));
    }
    return List.copyOf(bindings);
  }

  @Override
  public void stop(String containerId, Duration timeout) {
    kill(containerId);
  }

  @Override
  public void kill(String containerId) {
    checkThere("stop");
    Container container = byId.get(containerId);
    if (container != null) {
      end(container, KILLED, false);
    }
  }

  void end(Container container, int exitCode, boolean outOfMemory) {
    if (container.isRunning()) {
      ended(container, exitCode, outOfMemory);
      tell(new EngineEvent.Died(container.id, container.labels, exitCode, sim.instant()));
    }
  }

  private void ended(Container container, int exitCode, boolean outOfMemory) {
    container.state = ContainerRunState.EXITED;
    container.exitCode = exitCode;
    container.outOfMemory = outOfMemory;
    container.finishedAt = sim.instant();
    container.bindings.forEach(binding -> byPort.remove(binding.hostPort(), container));
    container.bindings = List.of();
    referee.ended(machine, container);
    sim.tally().count(Tally.Effect.TASK_STOPPED);
  }

  void health(Container container, ContainerHealth health) {
    if (container.isRunning() && container.isChecked() && container.health != health) {
      container.health = health;
      tell(new EngineEvent.HealthChanged(container.id, container.labels, health, sim.instant()));
    }
  }

  @Override
  public void remove(String containerId) {
    checkThere("remove");
    Container container = byId.remove(containerId);
    if (container != null) {
      end(container, KILLED, false);
      byName.remove(container.spec.name());
    }
  }

  @Override
  public Optional<ContainerSnapshot> inspect(String idOrName) {
    checkThere("inspect");
    Container container = byId.get(idOrName);
    return Optional.ofNullable(container == null ? byName.get(idOrName) : container)
        .map(Container::snapshot);
  }

  @Override
  public List<ContainerSummary> list(Map<String, String> labels) {
    checkThere("list");
    String taskId = labels.get(BerthLabels.TASK_ID);
    List<ContainerSummary> found = new ArrayList<>();
    for (Container c : byId.values()) {
      if (taskId == null || taskId.equals(c.taskId())) {
        found.add(new ContainerSummary(c.id, c.spec.name(), c.state, c.labels));
      }
    }
    return found;
  }

  @Override
  public Subscription events(Map<String, String> labels, Consumer<EngineEvent> listener) {
    Listener added = new Listener(machine.process(), listener);
    listeners.removeIf(l -> l.life.isOver());
    listeners.add(added);
    added.hear(away ? new EngineEvent.Disconnected("away") : new EngineEvent.MayHaveMissed());
    return added;
  }

  @Override
  public void createVolume(VolumeSpec spec) {
    checkThere("createVolume");
  }

  @Override
  public boolean volumeExists(String name) {
    return true;
  }

  @Override
  public void removeVolume(String name) {
    checkThere("removeVolume");
  }

  @Override
  public List<String> volumes(Map<String, String> labels) {
    return List.of();
  }

  @Override
  public NetworkHolder createNetworkHolder(NetworkHolderSpec spec) {
    throw new ContainerEngineException(
        Kind.REJECTED, "No task here has a network of its own", null);
  }

  @Override
  public Subscription logs(String containerId, LogRequest request, Consumer<LogLine> sink) {
    throw new ContainerEngineException(Kind.REJECTED, "Nobody reads logs here", null);
  }

  private void checkThere(String call) {
    if (away) {
      throw new ContainerEngineException(Kind.UNAVAILABLE, call + ": Docker is away", null);
    }
  }

  private boolean refuses(Fault call) {
    Long until = refusals.get(call);
    return until != null && sim.now() < until && sim.dice().chance(0.7);
  }

  private void tell(EngineEvent event) {
    for (Listener listener : listeners) {
      listener.hear(event);
    }
  }

  private final class Listener implements Subscription {
    private final Life life;
    private final Consumer<EngineEvent> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Listener(Life life, Consumer<EngineEvent> consumer) {
      this.life = life;
      this.consumer = consumer;
    }

    void hear(EngineEvent event) {
      if (!done.isDone() && !life.isOver()) {
        sim.after(2, life, () -> consumer.accept(event));
      }
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void close() {
      done.complete(null);
    }
  }
}

package dev.berth.node.application;

import dev.berth.contracts.task.NetworkBinding;
import dev.berth.node.application.ContainerEngineException.Kind;
import dev.berth.node.domain.container.ContainerHealth;
import dev.berth.node.domain.container.ContainerLogging;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A container engine in memory. Its containers run until they are stopped or a test ends them,
 * except those whose command says otherwise: {@code sh -c "exit N"} ends at once with N, and {@code
 * sh -c "echo A; echo B"} logs lines and ends with 0. It outlives the node that uses it, as a real
 * engine does. It passes the same contract as the real one.
 */
public final class FakeContainerEngine implements ContainerEngine {
  private static final int KILLED = 137;

  private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
  private final Map<String, VolumeSpec> volumes = new LinkedHashMap<>();
  private final Set<String> images = ConcurrentHashMap.newKeySet();
  private final Map<String, ContainerEngineException> failures = new HashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService eventThread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("fake-engine-events").unstarted(task));
  private volatile boolean unavailable;
  private volatile CompletableFuture<Void> pullGate = CompletableFuture.completedFuture(null);
  private int nextId;
  private int nextPort = 32_768;

  /** An engine that has these images; any other can't be pulled. */
  public FakeContainerEngine(String... images) {
    this.images.addAll(List.of(images));
  }

  // What tests do to it.

  /** Lets every call fail as if the engine were away, and ends the event streams, until undone. */
  public void setUnavailable(boolean away) {
    unavailable = away;
    for (Listener listener : listeners) {
      listener.tell(
          away ? new EngineEvent.Disconnected("stopped") : new EngineEvent.MayHaveMissed());
    }
  }

  /** Makes the next call of this name ({@code create}, {@code start}, ...) fail once. */
  public synchronized void failNext(String call, Kind kind, String message) {
    failures.put(call, new ContainerEngineException(kind, message, null));
  }

  /** Holds pulls back until the returned future is completed. */
  public CompletableFuture<Void> holdPulls() {
    pullGate = new CompletableFuture<>();
    return pullGate;
  }

  /** Adds an image. */
  public void addImage(String image) {
    images.add(image);
  }

  /** Ends a running container from inside. */
  public void exit(String idOrName, int exitCode) {
    end(require(idOrName), exitCode, false);
  }

  /** Ends a running container as the kernel does when its memory is used up. */
  public void killForMemory(String idOrName) {
    FakeContainer container = require(idOrName);
    publish(container, new EngineEvent.OutOfMemory(container.id, container.labels, Instant.now()));
    end(container, KILLED, true);
  }

  /** Changes what a container's health check says. */
  public void setHealth(String idOrName, ContainerHealth health) {
    FakeContainer container = require(idOrName);
    synchronized (this) {
      container.health = health;
    }
    publish(
        container,
        new EngineEvent.HealthChanged(container.id, container.labels, health, Instant.now()));
  }

  /** Removes a container behind the node's back, without an event. */
  public synchronized void vanish(String idOrName) {
    containers.values().remove(require(idOrName));
  }

  /** What was called, in order, as {@code create berth-...}. Looks (inspect, list) don't count. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** How many logs are being followed. */
  public synchronized long openLogReads() {
    return containers.values().stream()
        .flatMap(container -> container.readers.stream())
        .filter(reader -> !reader.isDone())
        .count();
  }

  /** The specification a container was created from. */
  public synchronized ContainerSpec spec(String idOrName) {
    return require(idOrName).spec;
  }

  // The port.

  @Override
  public void ping() {
    enter("ping", "");
  }

  @Override
  public EngineInfo info() {
    enter("info", "");
    return new EngineInfo(
        "fake", "1.41", "x86_64", "Fake Linux", 4, 8L << 30, List.of("json-file"), List.of(), true);
  }

  @Override
  public ImageState ensureImage(ImageRequest request, Consumer<String> progress) {
    enter("pull", request.image());
    pullGate.join();
    if (!images.contains(request.image())) {
      progress.accept("pulling image " + request.image());
      throw new ContainerEngineException(
          Kind.NOT_FOUND,
          "CannotPullContainerError: pull access denied for "
              + request.image()
              + ", repository does not exist",
          null);
    }
    return new ImageState("sha256:" + request.image().hashCode(), null, false);
  }

  @Override
  public synchronized String create(ContainerSpec spec) {
    enter("create", spec.name());
    if (containers.containsKey(spec.name())) {
      throw new ContainerEngineException(
          Kind.CONFLICT,
          "CannotCreateContainerError: the name " + spec.name() + " is already in use",
          null);
    }
    if (!images.contains(spec.image())) {
      throw new ContainerEngineException(
          Kind.NOT_FOUND, "CannotCreateContainerError: No such image: " + spec.image(), null);
    }
    FakeContainer container = new FakeContainer(newId(), spec.name(), spec.labels(), spec);
    containers.put(spec.name(), container);
    return container.id;
  }

  @Override
  public void start(String containerId) {
    FakeContainer container;
    synchronized (this) {
      enter("start", containerId);
      container = require(containerId);
      if (container.state == ContainerRunState.RUNNING) {
        return;
      }
      container.bindings = publishPorts(container);
      container.state = ContainerRunState.RUNNING;
      container.exitCode = null;
      container.startedAt = Instant.now();
      container.finishedAt = null;
      if (container.spec != null && container.spec.healthProbe() != null) {
        container.health = ContainerHealth.STARTING;
      }
    }
    publish(container, new EngineEvent.Started(container.id, container.labels, Instant.now()));
    runScript(container);
  }

  private List<NetworkBinding> publishPorts(FakeContainer container) {
    List<NetworkBinding> bindings = new ArrayList<>();
    List<PublishedPort> ports =
        container.spec == null ? List.of() : container.spec.networking().ports();
    for (PublishedPort port : ports) {
      int hostPort = port.hostPort() == 0 ? nextPort++ : port.hostPort();
      boolean taken =
          containers.values().stream()
              .filter(other -> other.state == ContainerRunState.RUNNING)
              .flatMap(other -> other.bindings.stream())
              .anyMatch(
                  binding ->
                      binding.hostPort() == hostPort && binding.protocol() == port.protocol());
      if (taken) {
        throw new ContainerEngineException(
            Kind.PORT_TAKEN,
            "CannotStartContainerError: port is already allocated: " + hostPort,
            null);
      }
      bindings.add(new NetworkBinding("0.0.0.0", port.containerPort(), hostPort, port.protocol()));
    }
    return bindings;
  }

  private void runScript(FakeContainer container) {
    if (container.spec == null || container.spec.command().size() != 3) {
      return;
    }
    String script = container.spec.command().get(2);
    if (script.startsWith("exit ")) {
      end(container, Integer.parseInt(script.substring("exit ".length())), false);
    } else if (script.startsWith("echo ")) {
      for (String echo : script.split("; ")) {
        boolean error = echo.endsWith(" >&2");
        String text = echo.substring("echo ".length()).replace(" >&2", "");
        container.log.add(new LogLine(Instant.now(), error ? "stderr" : "stdout", text));
      }
      end(container, 0, false);
    }
  }

  @Override
  public void stop(String containerId, Duration timeout) {
    enter("stop", containerId);
    find(containerId).ifPresent(container -> end(container, KILLED, false));
  }

  @Override
  public void kill(String containerId) {
    enter("kill", containerId);
    find(containerId).ifPresent(container -> end(container, KILLED, false));
  }

  private void end(FakeContainer container, int exitCode, boolean outOfMemory) {
    synchronized (this) {
      if (container.state != ContainerRunState.RUNNING) {
        return;
      }
      container.state = ContainerRunState.EXITED;
      container.exitCode = exitCode;
      container.outOfMemory = outOfMemory;
      container.bindings = List.of();
      container.finishedAt = Instant.now();
    }
    publish(
        container, new EngineEvent.Died(container.id, container.labels, exitCode, Instant.now()));
    container.readers.forEach(reader -> reader.complete(null));
  }

  @Override
  public void remove(String containerId) {
    enter("remove", containerId);
    find(containerId)
        .ifPresent(
            container -> {
              end(container, KILLED, false);
              synchronized (this) {
                containers.values().remove(container);
              }
            });
  }

  @Override
  public synchronized Optional<ContainerSnapshot> inspect(String containerId) {
    checkAvailable("inspect");
    return find(containerId).map(FakeContainer::snapshot);
  }

  @Override
  public synchronized List<ContainerSummary> list(Map<String, String> labels) {
    checkAvailable("list");
    return containers.values().stream()
        .filter(container -> container.labels.entrySet().containsAll(labels.entrySet()))
        .map(c -> new ContainerSummary(c.id, c.name, c.state, c.labels))
        .toList();
  }

  @Override
  public Subscription events(Map<String, String> labels, Consumer<EngineEvent> listener) {
    Listener added = new Listener(labels, listener);
    listeners.add(added);
    added.tell(new EngineEvent.MayHaveMissed());
    return added;
  }

  @Override
  public synchronized void createVolume(VolumeSpec spec) {
    enter("createVolume", spec.name());
    volumes.putIfAbsent(spec.name(), spec);
  }

  @Override
  public synchronized boolean volumeExists(String name) {
    checkAvailable("volumeExists");
    return volumes.containsKey(name);
  }

  @Override
  public synchronized void removeVolume(String name) {
    enter("removeVolume", name);
    boolean used =
        containers.values().stream()
            .filter(container -> container.spec != null)
            .flatMap(container -> container.spec.storage().mounts().stream())
            .anyMatch(mount -> mount.source().equals(name));
    if (used) {
      throw new ContainerEngineException(
          Kind.CONFLICT, "CannotRemoveVolumeError: volume is in use", null);
    }
    volumes.remove(name);
  }

  @Override
  public synchronized List<String> volumes(Map<String, String> labels) {
    checkAvailable("volumes");
    return volumes.values().stream()
        .filter(volume -> volume.labels().entrySet().containsAll(labels.entrySet()))
        .map(VolumeSpec::name)
        .toList();
  }

  @Override
  public synchronized NetworkHolder createNetworkHolder(NetworkHolderSpec spec) {
    enter("createHolder", spec.name());
    FakeContainer holder =
        containers.computeIfAbsent(
            spec.name(), name -> new FakeContainer(newId(), name, spec.labels(), null));
    holder.state = ContainerRunState.RUNNING;
    holder.address = spec.ownAddress() ? "172.30.0." + (nextId % 250 + 2) : null;
    return new NetworkHolder(
        holder.id, holder.address, spec.ownAddress() ? "02:42:ac:1e:00:02" : null);
  }

  @Override
  public Subscription logs(String containerId, LogRequest request, Consumer<LogLine> sink) {
    checkAvailable("logs");
    Running read = new Running();
    Optional<FakeContainer> found = find(containerId);
    if (found.isEmpty()) {
      read.done.completeExceptionally(notFound(containerId));
      return read;
    }
    FakeContainer container = found.get();
    ContainerLogging logging = container.spec == null ? null : container.spec.logging();
    if (logging != null && "none".equals(logging.driver())) {
      read.done.completeExceptionally(
          new ContainerEngineException(
              Kind.REJECTED,
              "CannotInspectContainerError: configured logging driver does not support reading",
              null));
      return read;
    }
    List<LogLine> lines = List.copyOf(container.log);
    int from = request.tail() == null ? 0 : Math.max(0, lines.size() - request.tail());
    lines.subList(from, lines.size()).stream()
        .filter(line -> request.since() == null || !line.timestamp().isBefore(request.since()))
        .forEach(sink);
    if (request.follow() && container.state == ContainerRunState.RUNNING) {
      container.readers.add(read.done);
    } else {
      read.done.complete(null);
    }
    return read;
  }

  private void enter(String call, String what) {
    checkAvailable(call);
    calls.add((call + " " + what).strip());
    synchronized (this) {
      ContainerEngineException failure = failures.remove(call);
      if (failure != null) {
        throw failure;
      }
    }
  }

  private void checkAvailable(String call) {
    if (unavailable) {
      throw new ContainerEngineException(
          Kind.UNAVAILABLE, call + ": Docker can't be reached: stopped", null);
    }
  }

  private synchronized Optional<FakeContainer> find(String idOrName) {
    return containers.values().stream()
        .filter(container -> container.id.equals(idOrName) || container.name.equals(idOrName))
        .findFirst();
  }

  private FakeContainer require(String idOrName) {
    return find(idOrName).orElseThrow(() -> notFound(idOrName));
  }

  private static ContainerEngineException notFound(String idOrName) {
    return new ContainerEngineException(Kind.NOT_FOUND, "No such container: " + idOrName, null);
  }

  private String newId() {
    return "%064x".formatted(++nextId);
  }

  private void publish(FakeContainer container, EngineEvent event) {
    if (unavailable) {
      return;
    }
    for (Listener listener : listeners) {
      if (container.labels.entrySet().containsAll(listener.labels.entrySet())) {
        listener.tell(event);
      }
    }
  }

  private static class Running implements Subscription {
    final CompletableFuture<Void> done = new CompletableFuture<>();

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void close() {
      done.complete(null);
    }
  }

  private final class Listener extends Running {
    private final Map<String, String> labels;
    private final Consumer<EngineEvent> consumer;

    Listener(Map<String, String> labels, Consumer<EngineEvent> consumer) {
      this.labels = Map.copyOf(labels);
      this.consumer = consumer;
    }

    void tell(EngineEvent event) {
      eventThread.execute(
          () -> {
            if (!done.isDone()) {
              consumer.accept(event);
            }
          });
    }

    @Override
    public void close() {
      super.close();
      listeners.remove(this);
    }
  }

  private static final class FakeContainer {
    private final String id;
    private final String name;
    private final Map<String, String> labels;

    /** Absent for a holder. */
    private final ContainerSpec spec;

    private final Instant createdAt = Instant.now();
    private final List<LogLine> log = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> readers = new CopyOnWriteArrayList<>();
    private ContainerRunState state = ContainerRunState.CREATED;
    private Integer exitCode;
    private boolean outOfMemory;
    private ContainerHealth health;
    private List<NetworkBinding> bindings = List.of();
    private String address = "172.17.0.2";
    private Instant startedAt;
    private Instant finishedAt;

    FakeContainer(String id, String name, Map<String, String> labels, ContainerSpec spec) {
      this.id = id;
      this.name = name;
      this.labels = labels;
      this.spec = spec;
    }

    ContainerSnapshot snapshot() {
      return new ContainerSnapshot(
          id,
          name,
          spec == null ? "holder" : spec.image(),
          "sha256:0",
          state,
          exitCode,
          outOfMemory,
          null,
          health,
          bindings,
          address,
          null,
          labels,
          createdAt,
          startedAt,
          finishedAt);
    }
  }
}

package dev.berth.node.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.contracts.taskdef.Protocol;
import dev.berth.node.application.ContainerEngineException.Kind;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.container.ContainerLimits;
import dev.berth.node.domain.container.ContainerLogging;
import dev.berth.node.domain.container.ContainerNetworking;
import dev.berth.node.domain.container.ContainerPrivileges;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSpec;
import dev.berth.node.domain.container.ContainerStorage;
import dev.berth.node.domain.container.EngineEvent;
import dev.berth.node.domain.container.ImagePullBehavior;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every container engine does for a node; the fake and the real one pass it alike. */
public abstract class ContainerEngineContract {
  private static final List<String> SLEEP = List.of("sleep", "600");

  private final String installation = "contract-" + UUID.randomUUID();
  private final Map<String, String> ours = Map.of(BerthLabels.INSTALLATION_ID, installation);
  private ContainerEngine engine;

  /** The engine to test. */
  protected abstract ContainerEngine engine();

  /** An image with a shell that the engine has. */
  protected abstract String image();

  @BeforeEach
  void connect() {
    engine = engine();
  }

  @AfterEach
  void cleanUp() {
    if (engine == null) {
      return;
    }
    engine.list(ours).forEach(container -> engine.remove(container.id()));
    engine.volumes(ours).forEach(engine::removeVolume);
  }

  @Test
  void tellsWhatItIs() {
    engine.ping();
    var info = engine.info();
    assertThat(info.version()).isNotBlank();
    assertThat(info.cpus()).isPositive();
    assertThat(info.memory()).isPositive();
    assertThat(info.logDrivers()).contains("json-file");
  }

  @Test
  void usesAnImageThatIsThere() {
    ImageState state =
        engine.ensureImage(
            new ImageRequest(image(), ImagePullBehavior.PREFER_CACHED, null), progress -> {});
    assertThat(state.imageId()).startsWith("sha256:");
    assertThat(state.pulled()).isFalse();
  }

  @Test
  void saysWhyAnImageCannotBeHad() {
    var request =
        new ImageRequest("127.0.0.1:1/no-such-image:1", ImagePullBehavior.PREFER_CACHED, null);
    assertThatThrownBy(() -> engine.ensureImage(request, progress -> {}))
        .isInstanceOf(ContainerEngineException.class)
        .hasMessageStartingWith("CannotPullContainerError: ");
  }

  @Test
  void runsAContainerFromCreationToRemoval() {
    String id = engine.create(spec("life", SLEEP, List.of()));
    assertThat(snapshot(id).state()).isEqualTo(ContainerRunState.CREATED);
    assertThat(snapshot(id).startedAt()).isNull();

    engine.start(id);
    engine.start(id);
    assertThat(snapshot(id).state()).isEqualTo(ContainerRunState.RUNNING);
    assertThat(snapshot(id).exitCode()).isNull();
    assertThat(snapshot(id).startedAt()).isNotNull();
    assertThat(engine.inspect(name("life")).orElseThrow().id()).isEqualTo(id);

    engine.stop(id, Duration.ofSeconds(0));
    engine.stop(id, Duration.ofSeconds(0));
    assertThat(snapshot(id).state()).isEqualTo(ContainerRunState.EXITED);
    assertThat(snapshot(id).exitCode()).isEqualTo(137);
    assertThat(snapshot(id).finishedAt()).isNotNull();

    engine.remove(id);
    engine.remove(id);
    engine.stop(id, Duration.ofSeconds(0));
    engine.kill(id);
    assertThat(engine.inspect(id)).isEmpty();
  }

  @Test
  void createsANameOnlyOnce() {
    engine.create(spec("twice", SLEEP, List.of()));
    assertThatThrownBy(() -> engine.create(spec("twice", SLEEP, List.of())))
        .isInstanceOfSatisfying(
            ContainerEngineException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
              assertThat(e).hasMessageStartingWith("CannotCreateContainerError: ");
            });
  }

  @Test
  void tellsTheExitCodeOfAContainerThatEndedByItself() {
    String id = engine.create(spec("three", List.of("sh", "-c", "exit 3"), List.of()));
    engine.start(id);
    await().until(() -> snapshot(id).state() == ContainerRunState.EXITED);
    assertThat(snapshot(id).exitCode()).isEqualTo(3);
    assertThat(snapshot(id).outOfMemory()).isFalse();
  }

  @Test
  void choosesAFreeHostPortAndRefusesATakenOne() {
    String first = engine.create(spec("p1", SLEEP, List.of(port(80, 0))));
    engine.start(first);
    int chosen = snapshot(first).bindings().getFirst().hostPort();
    assertThat(chosen).isPositive();
    assertThat(snapshot(first).bindings().getFirst().containerPort()).isEqualTo(80);

    String second = engine.create(spec("p2", SLEEP, List.of(port(80, chosen))));
    assertThatThrownBy(() -> engine.start(second))
        .isInstanceOfSatisfying(
            ContainerEngineException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.PORT_TAKEN);
              assertThat(e).hasMessageStartingWith("CannotStartContainerError: ");
            });
  }

  @Test
  void listsByLabels() {
    String id = engine.create(spec("listed", SLEEP, List.of()));
    assertThat(engine.list(ours)).extracting(container -> container.id()).containsExactly(id);
    assertThat(engine.list(Map.of(BerthLabels.INSTALLATION_ID, "another"))).isEmpty();
  }

  @Test
  void tellsOfStartsAndEnds() {
    List<EngineEvent> events = new CopyOnWriteArrayList<>();
    try (var subscription = engine.events(ours, events::add)) {
      await().until(() -> events.contains(new EngineEvent.MayHaveMissed()));
      String id = engine.create(spec("told", List.of("sh", "-c", "exit 4"), List.of()));
      engine.start(id);
      await()
          .untilAsserted(
              () ->
                  assertThat(events)
                      .anyMatch(
                          event ->
                              event instanceof EngineEvent.Started started
                                  && started.containerId().equals(id))
                      .anyMatch(
                          event ->
                              event instanceof EngineEvent.Died died
                                  && died.containerId().equals(id)
                                  && died.exitCode() == 4
                                  && died.labels().entrySet().containsAll(ours.entrySet())));
      assertThat(subscription.done()).isNotDone();
    }
  }

  @Test
  void keepsVolumesUntilTheyAreRemoved() {
    String volume = installation + "-data";
    VolumeSpec spec = new VolumeSpec(volume, null, Map.of(), ours);
    assertThat(engine.volumeExists(volume)).isFalse();
    engine.createVolume(spec);
    engine.createVolume(spec);
    assertThat(engine.volumeExists(volume)).isTrue();
    assertThat(engine.volumes(ours)).containsExactly(volume);
    engine.removeVolume(volume);
    engine.removeVolume(volume);
    assertThat(engine.volumeExists(volume)).isFalse();
  }

  @Test
  void holdsAnAddressForATask() {
    var spec =
        new NetworkHolderSpec(
            name("holder"),
            ours,
            true,
            false,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    NetworkHolder holder = engine.createNetworkHolder(spec);
    assertThat(holder.ipv4Address()).isNotBlank();
    assertThat(engine.createNetworkHolder(spec).containerId()).isEqualTo(holder.containerId());
    assertThat(snapshot(holder.containerId()).state()).isEqualTo(ContainerRunState.RUNNING);
  }

  @Test
  void givesOutALogWithItsStreams() throws Exception {
    String id =
        engine.create(
            spec("log", List.of("sh", "-c", "echo one; echo two; echo bad >&2"), List.of()));
    Instant before = Instant.now().minusSeconds(5);
    engine.start(id);
    await().until(() -> snapshot(id).state() == ContainerRunState.EXITED);

    List<LogLine> lines = readLog(id, new LogRequest(true, null, before));
    assertThat(lines).extracting(LogLine::message).containsExactlyInAnyOrder("one", "two", "bad");
    assertThat(lines).allMatch(line -> line.timestamp().isAfter(before));
    assertThat(lines)
        .filteredOn(line -> "stderr".equals(line.stream()))
        .extracting(LogLine::message)
        .containsExactly("bad");
    assertThat(readLog(id, new LogRequest(false, 1, null))).hasSize(1);
    assertThat(readLog(id, new LogRequest(false, null, Instant.now().plusSeconds(60)))).isEmpty();
  }

  @Test
  void saysThatALogIsNotThere() {
    var read = engine.logs("no-such-container", new LogRequest(false, null, null), line -> {});
    assertThat(read.done())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            ContainerEngineException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND));
  }

  private List<LogLine> readLog(String id, LogRequest request) throws Exception {
    List<LogLine> lines = new CopyOnWriteArrayList<>();
    engine.logs(id, request, lines::add).done().get(10, TimeUnit.SECONDS);
    return lines;
  }

  private ContainerSnapshot snapshot(String id) {
    return engine.inspect(id).orElseThrow();
  }

  private String name(String suffix) {
    return installation + "-" + suffix;
  }

  private static PublishedPort port(int containerPort, int hostPort) {
    return new PublishedPort(containerPort, hostPort, Protocol.TCP);
  }

  private ContainerSpec spec(String suffix, List<String> command, List<PublishedPort> ports) {
    return new ContainerSpec(
        name(suffix),
        image(),
        ours,
        List.of(),
        command,
        List.of(),
        null,
        null,
        null,
        false,
        false,
        30,
        null,
        new ContainerLimits(2, null, null, null, null, null, null, List.of(), 0),
        ContainerPrivileges.none(),
        new ContainerNetworking("bridge", ports, List.of(), List.of(), List.of(), List.of()),
        ContainerStorage.none(),
        new ContainerLogging("json-file", Map.of()));
  }
}

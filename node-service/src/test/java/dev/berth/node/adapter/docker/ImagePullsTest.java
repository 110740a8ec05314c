package dev.berth.node.adapter.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.berth.node.application.ContainerEngineException;
import dev.berth.node.domain.container.ImagePullBehavior;
import dev.berth.node.domain.container.ImageRequest;
import dev.berth.node.domain.container.ImageState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls by the real engine from a registry on this machine that wants a login. */
@Tag("docker")
class ImagePullsTest {
  private static final String LOGIN = StubRegistry.USER + ":" + StubRegistry.PASSWORD;

  @TempDir private Path folder;
  private StubRegistry registry;
  private DockerConnection docker;
  private ImagePulls pulls;
  private final List<String> progress = new ArrayList<>();

  @BeforeEach
  void connect() throws IOException {
    RealDocker.engine().close();
    registry = new StubRegistry();
    docker = new DockerConnection(Optional.empty(), 8, Duration.ofSeconds(60));
    pulls =
        new ImagePulls(
            docker,
            new RegistryLogins(folder.resolve("config.json")),
            new RepositoryCredentials(Optional.of(folder)));
  }

  @AfterEach
  void disconnect() {
    if (docker == null) {
      return;
    }
    try {
      docker.quick().removeImageCmd(registry.image()).withForce(true).exec();
    } catch (NotFoundException e) {
      // The test ended without an image, as some are meant to.
    }
    docker.close();
    registry.close();
  }

  @Test
  void pullsWithTheNodesLoginAndTellsTheDigest() throws IOException {
    login(LOGIN);
    ImageState state = ensure(ImagePullBehavior.PREFER_CACHED, null);
    assertThat(state.pulled()).isTrue();
    assertThat(state.digest()).isEqualTo(registry.digest());
    assertThat(progress)
        .contains("pulling image " + registry.image() + ": 1 of 1 layers")
        .endsWith("pulled image " + registry.image());
  }

  @Test
  void asksACredentialHelper() throws IOException {
    Path helper = folder.resolve("docker-credential-berthtest");
    Files.writeString(
        helper,
        "#!/bin/sh\nread registry\n[ \"$registry\" = "
            + registry.address()
            + " ] || exit 1\necho '{\"Username\":\"robot\",\"Secret\":\"se:cret\"}'\n",
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
    write("config.json", "{\"credHelpers\": {\"" + registry.address() + "\": \"" + helper + "\"}}");
    RegistryLogins logins = new RegistryLogins(folder.resolve("config.json"), "");
    assertThat(logins.find(registry.address()).orElseThrow().getPassword())
        .isEqualTo(StubRegistry.PASSWORD);
  }

  @Test
  void pullsWithRepositoryCredentials() throws IOException {
    write("registry-secret.json", "{\"username\": \"robot\", \"password\": \"se:cret\"}");
    String arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:registry-secret";
    assertThat(ensure(ImagePullBehavior.PREFER_CACHED, arn).pulled()).isTrue();
  }

  @Test
  void saysWhatTheRegistrySaid() throws IOException {
    assertRefused(registry.image(), null, "no basic auth credentials");
    login("robot:wrong");
    assertRefused(registry.image(), null, "unauthorized");
    login(LOGIN);
    assertRefused(
        registry.address() + "/private/other:1", null, "private/other:1: manifest unknown");
    assertRefused(registry.image(), "no-such-secret", "no-such-secret not found on this node");
    assertRefused(registry.image(), "../../etc/passwd", "passwd not found on this node");
  }

  @Test
  void asksTheRegistryAsOftenAsItIsToldTo() throws IOException {
    login(LOGIN);
    ensure(ImagePullBehavior.PREFER_CACHED, null);
    int reads = registry.manifestReads();
    assertThat(ensure(ImagePullBehavior.PREFER_CACHED, null).pulled()).isFalse();
    assertThat(ensure(ImagePullBehavior.ONCE, null).pulled()).isFalse();
    assertThat(registry.manifestReads()).isEqualTo(reads);
    assertThat(ensure(ImagePullBehavior.ALWAYS, null).pulled()).isTrue();
    assertThat(registry.manifestReads()).isGreaterThan(reads);
  }

  @Test
  void aDigestThatIsHereNeedsNoRegistry() throws IOException {
    login(LOGIN);
    ensure(ImagePullBehavior.PREFER_CACHED, null);
    String image = registry.image();
    String pinned = image.substring(0, image.lastIndexOf(':')) + "@" + registry.digest();
    int reads = registry.manifestReads();

    ImageState state =
        pulls.ensure(
            new ImageRequest(pinned, ImagePullBehavior.PREFER_CACHED, null), progress::add);

    assertThat(state.pulled()).isFalse();
    assertThat(state.digest()).isEqualTo(registry.digest());
    assertThat(registry.manifestReads()).isEqualTo(reads);
  }

  @Test
  void pullsOnceForManyTasks() throws Exception {
    login(LOGIN);
    Callable<ImageState> pull =
        () ->
            pulls.ensure(
                new ImageRequest(registry.image(), ImagePullBehavior.PREFER_CACHED, null),
                sentence -> {});
    List<Future<ImageState>> states;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      states = threads.invokeAll(List.of(pull, pull, pull, pull));
    }
    int pulled = 0;
    for (Future<ImageState> state : states) {
      pulled += state.get().pulled() ? 1 : 0;
    }
    assertThat(pulled).isEqualTo(1);
  }

  private ImageState ensure(ImagePullBehavior behavior, String credentials) {
    return pulls.ensure(new ImageRequest(registry.image(), behavior, credentials), progress::add);
  }

  private void assertRefused(String image, String credentials, String reason) {
    var request = new ImageRequest(image, ImagePullBehavior.PREFER_CACHED, credentials);
    assertThatThrownBy(() -> pulls.ensure(request, progress::add))
        .isInstanceOf(ContainerEngineException.class)
        .hasMessageStartingWith("CannotPullContainerError: ")
        .hasMessageContaining(reason);
  }

  private void login(String userAndPassword) throws IOException {
    String auth =
        Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    write(
        "config.json",
        "{\"auths\": {\"" + registry.address() + "\": {\"auth\": \"" + auth + "\"}}}");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }
}

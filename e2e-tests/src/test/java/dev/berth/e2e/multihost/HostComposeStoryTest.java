package dev.berth.e2e.multihost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.e2e.Commands;
import dev.berth.e2e.compose.BaseImages;
import dev.berth.e2e.compose.ComposeCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A further machine that joins by docker-compose.node.yml, with Kafka's TLS and its password. */
@ExtendWith(LogsOfHostsOnFailure.class)
class HostComposeStoryTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final int NUMBER = 5;

  @TempDir Path folder;

  @Test
  void aMachineThatJoinsByComposeRunsTasks() throws Exception {
    List<String> compose = ComposeCommand.find();
    assumeTrue(!compose.isEmpty(), "needs docker compose, or docker-compose from the distribution");
    MultiHostSuite suite = MultiHostSuite.shared();
    Host host = suite.machine(NUMBER);
    try (BaseImages images = new BaseImages(ROOT, List.of(BaseImages.JRE))) {
      assertThat(images).isNotNull();
      Path archive = folder.resolve("jre.tar");
      Commands.run(
              ROOT, Map.of(), List.of("docker", "save", "-o", archive.toString(), BaseImages.JRE))
          .orThrow();
      host.load(archive);
      Files.delete(archive);
      host.load(suite.imageArchive());

      host.joinByCompose(compose, suite.tokenAsEnvironment());
      suite.awaitConnected(host);

      try (HostedService daemon =
          new HostedService(
              suite, "host-compose", HostedService.json().put("schedulingStrategy", "DAEMON"))) {
        daemon.awaitStable(MultiHostSuite.HOSTS + 1);
        assertThat(daemon.runningTasks()).containsValue(suite.instanceId(host));
        assertThat(host.runningTasks()).hasSize(1);
      }
    } catch (Throwable failure) {
      System.out.println(host.composeLogs());
      throw failure;
    } finally {
      suite.removeHost(NUMBER);
    }
  }
}

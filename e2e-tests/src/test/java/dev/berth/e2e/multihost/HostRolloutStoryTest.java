package dev.berth.e2e.multihost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.contracts.Partitions;
import dev.berth.e2e.WebService;
import dev.berth.standalone.RefusedException;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.demo.Comparison;
import dev.berth.standalone.demo.NumberedLoad;
import dev.berth.standalone.example.ExampleImage;
import dev.berth.standalone.suite.Component;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deployments over several hosts that go wrong, or whose scheduler does. */
@ExtendWith(LogsOfHostsOnFailure.class)
class HostRolloutStoryTest {
  private static final int MOST_REQUESTS = 4000;
  private static final Duration TAKE_OVER = Duration.ofSeconds(30);
  private final MultiHostSuite suite = MultiHostSuite.shared();

  @Test
  void theCircuitBreakerRollsACrashLoopingRevisionBack() {
    ObjectNode definition = HostedService.json().put("desiredCount", 3);
    definition
        .putObject("deploymentConfiguration")
        .putObject("deploymentCircuitBreaker")
        .put("enable", true)
        .put("rollback", true);
    try (HostedService service = new HostedService(suite, "host-breaker", definition)) {
      service.awaitStable(3);
      String good = service.describe().path("taskDefinition").asText();
      Map<String, String> before = service.runningTasks();

      String crashing = service.register("sh", "-c", "exit 3");
      service.update(HostedService.json().put("taskDefinition", crashing));

      await("the deployment has failed and was rolled back")
          .atMost(MultiHostSuite.PATIENCE)
          .untilAsserted(
              () -> {
                JsonNode deployments = service.describe().path("deployments");
                assertThat(deployments).hasSize(1);
                assertThat(deployments.get(0).path("taskDefinition").asText()).isEqualTo(good);
                assertThat(deployments.get(0).path("status").asText()).isEqualTo("PRIMARY");
                assertThat(deployments.get(0).path("rolloutState").asText()).isEqualTo("COMPLETED");
                assertThat(String.join("\n", service.events()))
                    .contains("deployment failed: tasks failed to start")
                    .contains("rolling back to deployment");
                assertThat(service.runningTasks()).as("the old tasks serve on").isEqualTo(before);
              });
    }
  }

  @Test
  void aSecondSchedulerGoesOnWithARolloutWhoseSchedulerIsKilled() {
    Component second = suite.standbyScheduler();
    try (WebService web =
        new WebService(suite.api(), "host-failover", 4, ApiClient.json().createObjectNode())) {
      web.awaitStable(4);
      web.awaitAnswer();
      Component leader = leads(second) ? second : suite.scheduler();
      Comparison comparison;
      try (NumberedLoad load = web.load(MOST_REQUESTS)) {
        web.update(WebService.json().put("taskDefinition", web.register("2", ExampleImage.TAG)));
        await("the rollout is under way")
            .atMost(MultiHostSuite.PATIENCE)
            .until(() -> web.describe().path("deployments").size() == 2);

        leader.process().kill();

        Component successor = leader == second ? suite.scheduler() : second;
        await("the other scheduler leads: ten seconds, and some for a busy machine")
            .atMost(TAKE_OVER)
            .until(() -> leads(successor));
        web.awaitStable(4);
        comparison = web.compare(load.finish());
      }
      assertThat(comparison.failures()).isEmpty();
      assertThat(comparison.lost()).isEmpty();
      assertThat(comparison.byRevision()).containsKeys("1", "2");
      if (leader == suite.scheduler()) {
        leader.start();
        MultiHostSuite.awaitReady(leader);
      }
    } finally {
      second.stop();
    }
  }

  /** Whether a scheduler has the partition that the cluster default is in. */
  private static boolean leads(Component scheduler) {
    int partition = Partitions.DEFAULT.ofCluster("default");
    URI health = URI.create("http://127.0.0.1:" + scheduler.ports().getFirst() + "/q/health/ready");
    try {
      String text = new ApiClient(health, "").plain(health);
      String partitions = text.replaceAll("(?s).*\"partitions\": *\"\\[([^]]*)].*", "$1");
      return (", " + partitions + ",").contains(", " + partition + ",");
    } catch (RefusedException e) {
      return false;
    }
  }
}

package dev.berth.e2e.multihost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts that are cut off, and hosts that are gone. */
@ExtendWith(LogsOfHostsOnFailure.class)
class HostFaultStoryTest {
  private final MultiHostSuite suite = MultiHostSuite.shared();

  @Test
  void aHostThatIsCutOffKeepsItsTasksAndFollowsWhatIsWantedWhenItIsBack() {
    try (HostedService service = service("host-cut")) {
      service.awaitStable(3);
      Host second = suite.host(2);
      String instance = suite.instanceId(second);
      Set<String> cutOff = second.runningTasks();
      assertThat(cutOff).isNotEmpty();

      second.cut();
      await("its tasks run elsewhere")
          .atMost(MultiHostSuite.PATIENCE)
          .until(() -> runWithout(service, instance));
      assertThat(second.runningTasks()).as("it goes on by itself").isEqualTo(cutOff);
      second.mend();
      suite.awaitConnected(second);

      service.awaitStable(3);
      await("what was replaced is stopped, and nothing runs twice")
          .atMost(MultiHostSuite.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(second.runningTasks())
                      .isEqualTo(tasksOn(service.runningTasks(), instance)));
    }
  }

  @Test
  void aHostThatIsLostForGoodIsReplacedAndCanBeDeregistered() {
    Host fourth = suite.addHost(4);
    try (HostedService service =
        new HostedService(suite, "host-lost", HostedService.json().put("desiredCount", 4))) {
      service.awaitStable(4);
      String instance = suite.instanceId(fourth);
      assertThat(service.runningTasks()).containsValue(instance);

      fourth.lose();

      await("its tasks run elsewhere")
          .atMost(MultiHostSuite.PATIENCE)
          .until(
              () ->
                  service.runningTasks().size() == 4
                      && !service.runningTasks().containsValue(instance));
      service.awaitStable(4);
      await("its agent counts as disconnected")
          .atMost(MultiHostSuite.PATIENCE)
          .until(() -> !isConnected(fourth));
      suite.removeHost(4);
      assertThat(suite.instances())
          .filteredOn(candidate -> candidate.path("status").asText().equals("ACTIVE"))
          .hasSize(MultiHostSuite.HOSTS);
      service.awaitStable(4);
    } // and its service can end, though its task there never says that it has stopped
  }

  @Test
  void anEngineThatIsAwayForAMinuteCostsNoTask() {
    try (HostedService service = service("host-engine")) {
      service.awaitStable(3);
      Host first = suite.host(1);
      Map<String, String> before = service.runningTasks();

      first.stopEngine();
      await("the node says that its engine is away")
          .atMost(MultiHostSuite.PATIENCE)
          .until(() -> !isConnected(first));
      awaitThatTimeHasPassed(Duration.ofSeconds(60));
      first.startEngine();
      suite.awaitConnected(first);

      service.awaitStable(3);
      assertThat(service.runningTasks()).isEqualTo(before);
      service.update(HostedService.json().put("desiredCount", 6));
      service.awaitStable(6);
      assertThat(tasksOn(service.runningTasks(), suite.instanceId(first)))
          .hasSize(2)
          .isEqualTo(first.runningTasks());
    }
  }

  private HostedService service(String name) {
    return new HostedService(suite, name, HostedService.json().put("desiredCount", 3));
  }

  private boolean isConnected(Host host) {
    return suite.instances().stream()
        .filter(instance -> instance.path("name").asText().equals(host.name()))
        .allMatch(instance -> instance.path("agentConnected").asBoolean());
  }

  private static boolean runWithout(HostedService service, String instance) {
    Map<String, String> running = service.runningTasks();
    return running.size() == 3 && !running.containsValue(instance);
  }

  private static Set<String> tasksOn(Map<String, String> tasks, String instance) {
    return new java.util.TreeSet<>(
        tasks.entrySet().stream()
            .filter(task -> task.getValue().equals(instance))
            .map(Map.Entry::getKey)
            .toList());
  }

  /** The fault itself is that time passes: there is no state to wait for. */
  private static void awaitThatTimeHasPassed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await("the outage lasts").atMost(time.plusSeconds(10)).until(() -> System.nanoTime() > end);
  }
}

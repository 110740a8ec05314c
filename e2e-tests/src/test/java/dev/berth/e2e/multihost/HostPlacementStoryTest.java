package dev.berth.e2e.multihost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where tasks go when there are several hosts. */
@ExtendWith(LogsOfHostsOnFailure.class)
class HostPlacementStoryTest {
  private final MultiHostSuite suite = MultiHostSuite.shared();

  @Test
  void aDaemonRunsOnceOnEachHostAndOnOneThatJoinsLater() {
    try (HostedService daemon =
        new HostedService(
            suite, "host-daemon", HostedService.json().put("schedulingStrategy", "DAEMON"))) {
      daemon.awaitStable(3);
      assertThat(new HashSet<>(daemon.runningTasks().values())).hasSize(3);

      Host fourth = suite.addHost(4);

      daemon.awaitStable(4);
      assertThat(new HashSet<>(daemon.runningTasks().values()))
          .hasSize(4)
          .contains(suite.instanceId(fourth));
      assertThat(fourth.runningTasks()).hasSize(1);
    } finally {
      suite.removeHost(4);
    }
  }

  @Test
  void tasksAreBalancedAgainOverTheZonesWhenALostOneIsBack() {
    try (HostedService service =
        new HostedService(
            suite,
            "host-zones",
            HostedService.json()
                .put("desiredCount", 3)
                .put("availabilityZoneRebalancing", "ENABLED"))) {
      service.awaitStable(3);
      assertThat(new HashSet<>(service.runningTasks().values())).as("a task per zone").hasSize(3);
      Host third = suite.host(3);
      String instance = suite.instanceId(third);

      third.cut();
      await("two zones have all tasks")
          .atMost(MultiHostSuite.PATIENCE)
          .until(
              () ->
                  service.runningTasks().size() == 3
                      && !service.runningTasks().containsValue(instance));
      third.mend();
      suite.awaitConnected(third);

      await("a task per zone again")
          .atMost(MultiHostSuite.PATIENCE)
          .untilAsserted(
              () -> {
                Set<String> instances = new HashSet<>(service.runningTasks().values());
                assertThat(service.runningTasks()).hasSize(3);
                assertThat(instances).hasSize(3).contains(instance);
                assertThat(String.join("\n", service.events())).containsIgnoringCase("rebalanc");
              });
    }
  }
}

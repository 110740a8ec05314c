package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.world.FakeNode;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** DAEMON services: what fails, and the room that is kept for them. */
class DaemonStoryTest {
  private final World world = new World();

  private void failHealthChecks(String service, String deployment) {
    for (TaskStatus task : world.running(service)) {
      if (task.deploymentId().equals(deployment)) {
        world.node(task.containerInstanceId()).health(task.taskId(), HealthStatus.UNHEALTHY);
      }
    }
  }

  @Test
  void aDaemonThatFailsItsHealthChecksIsRolledBack() {
    world.addNode("i-1", "a", 1024, 1024);
    world.addNode("i-2", "b", 1024, 1024);
    Samples.Service agent =
        Samples.service("agent")
            .daemon()
            .set(
                "deploymentConfiguration",
                new DeploymentConfiguration(
                    0,
                    100,
                    new DeploymentCircuitBreaker(true, true, null, null),
                    null,
                    null,
                    null));
    world.want(agent);
    world.settle().pass(Duration.ofSeconds(15));
    String good = agent.primary();
    String bad = agent.deploy(Samples.checked().revision(2).build()).primary();
    world.want(agent);

    for (int second = 0; second < 20; second++) {
      world.tick(Duration.ofSeconds(1));
      for (int step = 0; step < 5; step++) {
        world.plan();
        world.nodes().forEach(FakeNode::step);
        failHealthChecks("agent", bad);
      }
    }

    assertThat(world.sentences()).anyMatch(s -> s.contains("failed container health checks."));
    assertThat(world.status("agent").rollback())
        .satisfies(r -> assertThat(r.fromDeploymentId()).isEqualTo(bad));
    world.settle().pass(Duration.ofSeconds(15));
    assertThat(world.running("agent")).hasSize(2).allMatch(t -> good.equals(t.deploymentId()));
  }

  @Test
  void anInstanceTooSmallForADaemonIsThereForOthers() {
    world.addNode("i-small", "a", 1024, 1024);
    world.want(
        Samples.service("agent")
            .daemon()
            .deploy(Samples.definition().taskSize("512", "4096").build()));
    world.settle();

    world.want(Samples.service("web").count(2));
    world.settle();

    assertThat(world.running("web")).hasSize(2);
    assertThat(world.running("agent")).isEmpty();
  }

  @Test
  void whoWaitsGetsTheRoomThatADaemonNeedsNoMore() {
    world.addNode("i-1", "a", 1024, 1024);
    world.want(
        Samples.service("web")
            .count(1)
            .deploy(Samples.definition().taskSize("512", "512").build()));
    world.settle();
    Samples.Service agent =
        Samples.service("agent")
            .daemon()
            .deploy(Samples.definition().family("agent").taskSize("768", "768").build());
    world.want(agent);
    world.settle();
    world.want(
        Samples.service("other")
            .count(1)
            .deploy(Samples.definition().taskSize("512", "512").build()));
    world.settle();
    assertThat(world.running("other")).as("the room is kept for the daemon").isEmpty();

    world.want(agent.status(ServiceStatusName.DRAINING));
    world.settle();

    assertThat(world.running("other")).hasSize(1);
  }
}

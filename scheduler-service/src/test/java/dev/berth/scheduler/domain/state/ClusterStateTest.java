package dev.berth.scheduler.domain.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.Keys;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.reconcile.Reconciler;
import dev.berth.scheduler.domain.world.Ids;
import dev.berth.scheduler.domain.world.Samples;
import dev.berth.scheduler.domain.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
  @Test
  void nothingIsPlannedBeforeEverythingIsRead() {
    ClusterState state =
        new ClusterState(Samples.CLUSTER, "installation", 1, SchedulerSettings.DEFAULT);
    World source = new World();
    source.want(Samples.service("web"));
    source
        .log(Topic.SERVICE_DESIRED)
        .values()
        .forEach(r -> state.records().on((dev.berth.contracts.service.ServiceDesired) r));

    Plan plan = Reconciler.plan(state, Samples.START, new Ids(1));

    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.wakeUpAt()).isNull();
  }

  @Test
  void whatIsReadTwiceChangesNothing() {
    World world = new World();
    world.addNode("i-1", "a", 1000, 1000);
    world.want(Samples.service("web").count(2).balanced());
    world.settle();

    for (Topic topic : Topic.values()) {
      if (topic.readers().contains(Topic.Role.SCHEDULER)) {
        switch (topic) {
          case TASK_ASSIGNED, TASK_VERDICT, TARGET_DESIRED -> {
            // not folded
          }
          default -> world.log(topic).values().forEach(world::fold);
        }
      }
    }

    assertThat(world.state().attention().isTouched()).isFalse();
  }

  @Test
  void whatABalancerSaysOfATaskBeforeItsNodeDoesIsKeptUntilTheBalancerForgetsIt() {
    World source = new World();
    source.addNode("i-1", "a", 1000, 1000);
    source.want(Samples.service("web").count(2).balanced());
    source.settle();
    ClusterState state =
        new ClusterState(Samples.CLUSTER, "installation", 2, SchedulerSettings.DEFAULT);
    state.caughtUp(Samples.START, Samples.START);

    source.log(Topic.TARGET_STATUS).values().forEach(r -> state.records().on((TargetStatus) r));
    String forgotten = source.log(Topic.TARGET_STATUS).keySet().iterator().next();
    state.records().removeTargetStatus(forgotten);
    source.log(Topic.TASK_STATUS).values().forEach(r -> state.records().on((TaskStatus) r));

    assertThat(source.log(Topic.TARGET_STATUS)).hasSize(2);
    source
        .log(Topic.TARGET_STATUS)
        .forEach(
            (key, value) -> {
              TargetStatus seen = (TargetStatus) value;
              assertThat(
                      state
                          .task(seen.taskId())
                          .targetStatuses(Keys.target(seen.targetGroupArn(), seen.targetId())))
                  .containsExactlyElementsOf(key.equals(forgotten) ? List.of() : List.of(seen));
            });
  }

  @Test
  void whatABalancerThatHasGoneSaidOfATargetDoesNotCount() {
    World source = new World();
    source.addNode("i-1", "a", 1000, 1000);
    source.want(Samples.service("web").count(1).balanced());
    source.settle();
    TargetStatus seen = (TargetStatus) source.log(Topic.TARGET_STATUS).values().iterator().next();
    String key = Keys.target(seen.targetGroupArn(), seen.targetId());

    TargetStatus soon = saidBy("lb-2", seen, Duration.ofSeconds(119));
    source.state().records().on(soon);
    assertThat(source.state().task(seen.taskId()).targetStatuses(key))
        .containsExactlyInAnyOrder(seen, soon);

    TargetStatus late = saidBy("lb-2", seen, Duration.ofSeconds(121));
    source.state().records().on(late);
    assertThat(source.state().task(seen.taskId()).targetStatuses(key)).containsExactly(late);
  }

  @Test
  void whatABalancerOnlySaysAgainIsNothingNew() {
    World source = new World();
    source.addNode("i-1", "a", 1000, 1000);
    source.want(Samples.service("web").count(1).balanced());
    source.settle();
    TargetStatus seen = (TargetStatus) source.log(Topic.TARGET_STATUS).values().iterator().next();
    RecordFold records = source.state().records();

    assertThat(records.on(saidBy("lb-2", seen, Duration.ofSeconds(10)))).isTrue();
    assertThat(records.on(saidBy("lb-2", seen, Duration.ofSeconds(40)))).isFalse();
    // It didn't count in between.
    assertThat(records.on(saidBy("lb-2", seen, Duration.ofSeconds(200)))).isTrue();
  }

  /** What another balancer says so much later. */
  private static TargetStatus saidBy(String balancer, TargetStatus before, Duration later) {
    return new TargetStatus(
        before.targetGroupArn(),
        before.targetId(),
        balancer,
        before.version() + TimeUnit.MILLISECONDS.toMicros(later.toMillis()),
        before.cluster(),
        before.taskId(),
        TargetHealthState.UNHEALTHY,
        null,
        null,
        before.changedAt(),
        before.host(),
        before.port(),
        before.availabilityZone());
  }

  @Test
  void versionsGrowWithTimeAndWithoutIt() {
    VersionClock clock = new VersionClock();
    Instant now = Instant.ofEpochMilli(5);

    assertThat(clock.next(now)).isEqualTo(5000);
    assertThat(clock.next(now)).isEqualTo(5001);
    clock.observe(9000);
    assertThat(clock.next(now)).isEqualTo(9001);
    assertThat(clock.next(Instant.ofEpochMilli(10))).isEqualTo(10000);
  }

  @Test
  void aTargetKeyIsCutAtItsEnds() {
    TargetKey key = TargetKey.of(Samples.GROUP_ARN + "|0abc:80|lb-1");

    assertThat(key).isEqualTo(new TargetKey(Samples.GROUP_ARN + "|0abc:80", "0abc", "lb-1"));
    assertThat(TargetKey.of("nonsense")).isNull();
    assertThat(TargetKey.of("a|b|c")).isNull();
  }

  @Test
  void theAgendaKeepsTheEarliestTime() {
    Agenda agenda = new Agenda();
    Subject web = new Subject.OfService("web");
    agenda.schedule(web, Instant.ofEpochSecond(10));
    agenda.schedule(web, Instant.ofEpochSecond(20));
    assertThat(agenda.next()).isEqualTo(Instant.ofEpochSecond(10));
    agenda.schedule(web, Instant.ofEpochSecond(5));

    List<Subject> due = new java.util.ArrayList<>();
    agenda.due(Instant.ofEpochSecond(5), due::add);

    assertThat(due).containsExactly(web);
    assertThat(agenda.next()).isNull();
  }

  @Test
  void deregistrationDelaysComeFromTheLoadBalancers() {
    ClusterState state =
        new ClusterState(Samples.CLUSTER, "installation", 1, SchedulerSettings.DEFAULT);
    assertThat(state.deregistrationDelay("arn")).isEqualTo(Duration.ofMinutes(5));

    state
        .records()
        .on(
            new LoadBalancerDesired(
                "lb",
                "lb-arn",
                1,
                null,
                null,
                null,
                List.of(
                    new TargetGroupDesired(
                        "web", "arn", "HTTP", 80, null, 5, null, null, null, null, null, null)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));

    assertThat(state.deregistrationDelay("arn")).isEqualTo(Duration.ofSeconds(5));
  }
}

package dev.berth.scheduler.domain.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.domain.world.Samples;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatrolTest {
  private final Attention attention = new Attention();
  private final TaskIndex index = new TaskIndex(attention);
  private final Patrol patrol = new Patrol(index, attention);

  @Test
  void aSmallClusterIsMetAsAWholeEachTime() {
    index.instance("i-1");
    index.task("t-1");
    index.service("web");

    assertThat(patrol.parts()).isEqualTo(1);
    for (int walk = 0; walk < 3; walk++) {
      patrol.next();
      assertThat(taken())
          .containsExactly(
              new Subject.OfInstance("i-1"),
              new Subject.OfTask("t-1"),
              new Subject.OfService("web"));
    }
  }

  @Test
  void anEmptyClusterHasNothingToMeet() {
    patrol.next();

    assertThat(patrol.parts()).isEqualTo(1);
    assertThat(taken()).isEmpty();
  }

  @Test
  void thePartsOfALargeClusterMeetEverythingAndNoneIsLong() {
    fill(5_000, 40, 100);

    Set<Subject> met = new HashSet<>();
    int parts = patrol.parts();
    for (int part = 0; part < parts; part++) {
      patrol.next();
      List<Subject> some = taken();
      assertThat(some).hasSizeLessThanOrEqualTo(Patrol.PART);
      long services = some.stream().filter(Subject.OfService.class::isInstance).count();
      assertThat(services).as("each has 125 tasks to be looked at").isLessThanOrEqualTo(16);
      met.addAll(some);
    }

    assertThat(parts).isEqualTo(6);
    assertThat(met).hasSize(5_000 + 40 + 100);
  }

  @Test
  void whatStaysIsMetAlthoughOthersComeAndGoMeanwhile() {
    fill(5_000, 10, 10);
    Set<String> stay = new HashSet<>(index.tasks.keySet());

    Set<Subject> met = new HashSet<>();
    int parts = patrol.parts() + 1; // for those that come
    for (int part = 0; part < parts; part++) {
      patrol.next();
      met.addAll(taken());
      for (int i = 0; i < 200; i++) {
        index.task("new-" + part + "-" + i);
        String gone = "task-" + (part * 200 + i);
        index.erase(gone);
        stay.remove(gone);
        met.remove(new Subject.OfTask(gone));
      }
      index.services.remove("service-" + part);
    }

    assertThat(met).containsAll(stay.stream().map(Subject.OfTask::new).toList());
  }

  private void fill(int tasks, int services, int instances) {
    for (int i = 0; i < tasks; i++) {
      TaskState task = index.task("task-" + i);
      index.service("service-" + i % services).add(task);
    }
    for (int i = 0; i < instances; i++) {
      index.instance("i-" + i);
    }
  }

  private List<Subject> taken() {
    return attention.take(Samples.START);
  }
}

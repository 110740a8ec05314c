package dev.berth.lb.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.lb.application.SerialExecutor;
import dev.berth.lb.domain.HealthDescription;
import dev.berth.lb.domain.Target;
import dev.berth.lb.domain.TargetKey;
import dev.berth.log.EventRecords;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TargetStatusReportsTest {
  private static final TargetKey TARGET = new TargetKey("arn:group", "task:80");

  private final List<ProducerRecord<String, byte[]>> sent = new ArrayList<>();
  private final Deque<UniEmitter<? super Void>> underWay = new ArrayDeque<>();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final TargetStatusReports reports = of("lb-1");

  private TargetStatusReports of(String instance) {
    return new TargetStatusReports(
        instance,
        new NewestRecords(
            Topic.TARGET_STATUS,
            new EventRecords(Partitions.DEFAULT, "/test", "test"),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            this::send,
            new SerialExecutor() {
              @Override
              public void execute(Runnable action) {
                action.run();
              }

              @Override
              public void schedule(Runnable action, Duration delay) {
                later.add(action);
              }
            }));
  }

  @Test
  void aRefusedStatusIsWrittenAgainWithoutAnotherReport() {
    reports.forget(TARGET);

    underWay.poll().fail(new IllegalStateException("an old epoch"));
    later.poll().run();
    underWay.poll().complete(null);

    assertThat(sent).hasSize(2);
    assertThat(later).isEmpty();
  }

  @Test
  void whatCameMeanwhileIsWrittenInItsPlace() {
    reports.report(
        Target.byHand(TARGET, "10.0.0.1", 80), health(TargetHealthState.INITIAL), Instant.EPOCH);
    reports.report(
        Target.byHand(TARGET, "10.0.0.1", 80), health(TargetHealthState.HEALTHY), Instant.EPOCH);

    underWay.poll().fail(new IllegalStateException("an old epoch"));
    later.poll().run();

    assertThat(sent)
        .extracting(record -> EventJson.read(record.value(), TargetStatus.class).state())
        .containsExactly(TargetHealthState.INITIAL, TargetHealthState.HEALTHY);
  }

  @Test
  void eachInstancesViewOfATargetIsItsOwn() {
    TargetStatusReports other = of("lb-2");
    Target target = Target.byHand(TARGET, "10.0.0.1", 80);

    reports.report(target, health(TargetHealthState.HEALTHY), Instant.EPOCH);
    other.report(target, health(TargetHealthState.UNHEALTHY), Instant.EPOCH);
    other.forget(TARGET);
    while (!underWay.isEmpty()) {
      // What waited behind it goes out then.
      underWay.poll().complete(null);
    }

    assertThat(sent).hasSize(3);
    assertThat(sent.get(1).key()).isNotEqualTo(sent.get(0).key()).contains("lb-2");
    assertThat(sent)
        .filteredOn(record -> record.value() != null)
        .extracting(record -> EventJson.read(record.value(), TargetStatus.class))
        .extracting(TargetStatus::lbInstanceId, TargetStatus::state)
        .containsExactly(
            tuple("lb-1", TargetHealthState.HEALTHY), tuple("lb-2", TargetHealthState.UNHEALTHY));
    assertThat(sent.get(2).key()).as("only its own is taken back").isEqualTo(sent.get(1).key());
  }

  private static HealthDescription health(TargetHealthState state) {
    return new HealthDescription(state, null, null);
  }

  private Uni<Void> send(ProducerRecord<String, byte[]> record) {
    sent.add(record);
    return Uni.createFrom().emitter(emitter -> underWay.add(emitter));
  }
}

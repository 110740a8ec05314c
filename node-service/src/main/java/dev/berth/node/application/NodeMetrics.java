package dev.berth.node.application;

import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.node.domain.task.TaskState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What of this node is worth watching. */
public final class NodeMetrics {
  private final Counter accepted;
  private final Counter starts;
  private final Counter failures;
  private final Counter engineErrors;
  private final Timer startDuration;
  private final Timer journalForce;

  public NodeMetrics(MeterRegistry registry) {
    accepted = registry.counter("berth.node.tasks.accepted");
    starts = registry.counter("berth.node.task.starts");
    failures = registry.counter("berth.node.task.start.failures");
    engineErrors = registry.counter("berth.node.docker.errors");
    startDuration =
        Timer.builder("berth.node.task.start.duration")
            .description("From the first pull of a task's images to RUNNING")
            .publishPercentileHistogram()
            .register(registry);
    journalForce =
        Timer.builder("berth.node.journal.fsync")
            .description("How long the disk takes to make the journal durable")
            .register(registry);
  }

  void accepted() {
    accepted.increment();
  }

  void engineError() {
    engineErrors.increment();
  }

  /** A force of the journal's file took this long. */
  public void journalForced(Duration duration) {
    journalForce.record(duration);
  }

  void changed(TaskState before, TaskState after) {
    if (before.startedAt() == null
        && after.startedAt() != null
        && after.pullStartedAt() != null
        && !after.startedAt().isBefore(after.pullStartedAt())) {
      starts.increment();
      startDuration.record(Duration.between(after.pullStartedAt(), after.startedAt()));
    }
    if (after.lastStatus() == TaskLifecycle.STOPPED
        && before.lastStatus() != TaskLifecycle.STOPPED
        && after.startedAt() == null) {
      failures.increment();
    }
  }
}

package dev.berth.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** When each task was first seen in a status, by this process's clock. */
final class TaskWatch {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Long> runningSince = new HashMap<>();

  /** Takes note of an event. */
  void accept(JsonNode event) {
    JsonNode detail = event.path("detail");
    if (!event.path("detailType").asText().equals("ECS Task State Change")
        || !detail.path("lastStatus").asText().equals("RUNNING")) {
      return;
    }
    String arn = detail.path("taskArn").asText();
    lock.lock();
    try {
      runningSince.putIfAbsent(arn.substring(arn.lastIndexOf('/') + 1), System.nanoTime());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all these tasks run.
   *
   * @return the nano time at which the last of them was seen running
   */
  long awaitRunning(Collection<String> taskIds) throws InterruptedException {
    return awaitThat(() -> runningSince.keySet().containsAll(taskIds), taskIds);
  }

  /** Waits until some task runs that isn't one of these, and returns when it was seen. */
  long awaitAnother(Collection<String> known) throws InterruptedException {
    return awaitThat(() -> !known.containsAll(runningSince.keySet()), null);
  }

  Collection<String> seen() {
    lock.lock();
    try {
      return java.util.Set.copyOf(runningSince.keySet());
    } finally {
      lock.unlock();
    }
  }

  private long awaitThat(java.util.function.BooleanSupplier condition, Collection<String> ids)
      throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MINUTES.toNanos(2);
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new IllegalStateException("Not running within two minutes: " + ids);
        }
        left = changed.awaitNanos(left);
      }
      return runningSince.entrySet().stream()
          .filter(entry -> ids == null || ids.contains(entry.getKey()))
          .mapToLong(Map.Entry::getValue)
          .max()
          .orElseThrow();
    } finally {
      lock.unlock();
    }
  }
}

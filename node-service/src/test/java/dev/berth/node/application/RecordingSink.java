package dev.berth.node.application;

import dev.berth.contracts.Topic;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log in memory that can be away. */
public final class RecordingSink implements EventSink {
  private final List<Sent> sent = new ArrayList<>();
  private boolean away;

  /** One record, a tombstone without value. */
  public record Sent(Topic topic, String key, String partitionKey, Object value) {}

  @Override
  public synchronized CompletionStage<Void> send(
      Topic topic, String key, String partitionKey, Object value) {
    if (away) {
      return CompletableFuture.failedFuture(new IllegalStateException("the log is away"));
    }
    sent.add(new Sent(topic, key, partitionKey, value));
    return CompletableFuture.completedFuture(null);
  }

  /** Lets every record fail until undone. */
  public synchronized void setAway(boolean isAway) {
    away = isAway;
  }

  /** All records of a topic and key. */
  public synchronized List<Sent> of(Topic topic, String key) {
    return sent.stream()
        .filter(record -> record.topic() == topic && record.key().equals(key))
        .toList();
  }

  /** All statuses of a task, tombstones left out. */
  public List<TaskStatus> statuses(String taskId) {
    return of(Topic.TASK_STATUS, taskId).stream()
        .filter(record -> record.value() != null)
        .map(record -> (TaskStatus) record.value())
        .toList();
  }

  /** The newest status of a task. */
  public Optional<TaskStatus> status(String taskId) {
    List<TaskStatus> all = statuses(taskId);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Whether the newest record of a task is a tombstone. */
  public boolean isDeleted(String taskId) {
    List<Sent> all = of(Topic.TASK_STATUS, taskId);
    return !all.isEmpty() && all.getLast().value() == null;
  }

  /** The newest status of an instance. */
  public Optional<ContainerInstanceStatus> instance(String id) {
    List<Sent> all = of(Topic.CONTAINER_INSTANCE_STATUS, id);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of((ContainerInstanceStatus) all.getLast().value());
  }

  /** All heartbeats of an instance. */
  public List<ContainerInstanceHeartbeat> heartbeats(String id) {
    return of(Topic.CONTAINER_INSTANCE_HEARTBEAT, id).stream()
        .map(record -> (ContainerInstanceHeartbeat) record.value())
        .toList();
  }

  /** Forgets everything, as a log that was emptied. */
  public synchronized void empty() {
    sent.clear();
  }
}

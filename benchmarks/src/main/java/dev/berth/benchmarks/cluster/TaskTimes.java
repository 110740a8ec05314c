package dev.berth.benchmarks.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** When tasks were asked for, and when the API first said that they run; in epoch milliseconds. */
final class TaskTimes {
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final Map<String, Long> running = new ConcurrentHashMap<>();

  void asked(String taskId, long at) {
    asked.put(taskId, at);
  }

  void running(String taskId, long at) {
    running.putIfAbsent(taskId, at);
  }

  boolean isRunning(String taskId) {
    return running.containsKey(taskId);
  }

  int askedCount() {
    return asked.size();
  }

  int runningCount() {
    return running.size();
  }

  Set<String> ids() {
    return asked.keySet();
  }

  long askedAt(String taskId) {
    return asked.get(taskId);
  }

  long runningAt(String taskId) {
    return running.get(taskId);
  }
}

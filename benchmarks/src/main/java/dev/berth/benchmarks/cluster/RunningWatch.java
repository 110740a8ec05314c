package dev.berth.benchmarks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.benchmarks.HttpLine;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * Asks DescribeTasks, a hundred names a call, until every task that it was given runs: those given
 * first are asked for first, and those that run aren't asked for again.
 */
final class RunningWatch implements AutoCloseable {
  private static final int NAMES_A_CALL = 100;
  private static final long BETWEEN_LOOKS_MILLIS = 50;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ControlPlane plane;
  private final HttpLine line;
  private final TaskTimes times;
  private final BlockingQueue<String> given = new LinkedBlockingQueue<>();
  private final Deque<String> open = new ArrayDeque<>();
  private volatile Exception failure;

  RunningWatch(ControlPlane plane, TaskTimes times) throws IOException {
    this.plane = plane;
    this.line = new HttpLine(plane.ecs().endpoint());
    this.times = times;
  }

  /** Gives it a task; may be called by any thread. */
  void add(String taskId) {
    given.add(taskId);
  }

  /** Nothing more will be given: the wait ends with this. */
  void giveUp(Exception why) {
    failure = why;
  }

  /** Asks until so many tasks in all have been seen running. */
  void awaitRunning(int tasks) throws IOException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (times.runningCount() < tasks) {
      if (failure != null) {
        throw new IllegalStateException("A caller has failed", failure);
      }
      given.drainTo(open);
      List<String> names = new ArrayList<>();
      while (names.size() < NAMES_A_CALL && !open.isEmpty()) {
        names.add(open.poll());
      }
      int waiting = names.isEmpty() ? 0 : look(names);
      // While most of them run, the next ones may run as well.
      if (waiting * 2 >= names.size()) {
        Pause.millis(BETWEEN_LOOKS_MILLIS);
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            times.runningCount() + " of " + tasks + " tasks run after two minutes");
      }
    }
  }

  /** How many of them don't run yet; they are asked for again. */
  private int look(List<String> names) throws IOException {
    JsonNode answer =
        JSON.readTree(
            line.exchange(
                    plane
                        .ecs()
                        .signed(
                            "DescribeTasks",
                            names.stream()
                                .collect(Collectors.joining("\",\"", "{\"tasks\":[\"", "\"]}"))))
                .body());
    long now = System.currentTimeMillis();
    for (JsonNode task : answer.path("tasks")) {
      if (task.path("lastStatus").asText().equals("RUNNING")) {
        times.running(shortName(task.path("taskArn").asText()), now);
      }
    }
    List<String> waiting = names.stream().filter(name -> !times.isRunning(name)).toList();
    waiting.reversed().forEach(open::addFirst);
    return waiting.size();
  }

  @Override
  public void close() throws IOException {
    line.close();
  }

  static String shortName(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}

package dev.berth.lb.application;

import java.time.Duration;

/** Runs one thing after the other, in the order they were given. */
public interface SerialExecutor {
  void execute(Runnable action);

  void schedule(Runnable action, Duration delay);
}

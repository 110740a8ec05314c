package dev.berth.simulation;

import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.application.TaskJournal;
import dev.berth.node.domain.task.TaskState;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A node's journal on a disk that survives the node: what was forced is there, of what was written
 * since only a beginning may be.
 */
final class SimJournal implements TaskJournal {
  private static final int FINISHED_KEPT = 2_000;

  private final Sim sim;
  private final Map<String, TaskState> durable = new LinkedHashMap<>();
  private final List<TaskStatus> finished = new ArrayList<>();
  private final Queue<Write> pending = new ArrayDeque<>();
  private Life life;
  private boolean flushing;
  private long refusesUntil;
  private Runnable nextWrite;

  private record Write(TaskState state, TaskStatus last, CompletableFuture<Void> forced) {}

  SimJournal(Sim sim) {
    this.sim = sim;
  }

  /** Opened by a new process. */
  void open(Life process) {
    // The kernel may have written some of what the dead process had not forced.
    int survived = pending.isEmpty() ? 0 : sim.dice().below(pending.size() + 1);
    for (int i = 0; i < survived; i++) {
      apply(pending.remove());
    }
    pending.clear();
    flushing = false;
    life = process;
  }

  /** The disk is full, or broken, for a while. */
  void refuse(long millis) {
    refusesUntil = sim.now() + millis;
  }

  /** Runs something once, when something was written that the disk doesn't have yet. */
  void onNextWrite(Runnable action) {
    nextWrite = action;
  }

  @Override
  public Contents contents() {
    return new Contents(List.copyOf(durable.values()), finished);
  }

  @Override
  public void remember(TaskState state) {
    write(new Write(state, null, null));
  }

  @Override
  public CompletionStage<Void> rememberDurably(TaskState state) {
    CompletableFuture<Void> forced = new CompletableFuture<>();
    if (sim.now() < refusesUntil) {
      sim.after(
          5, life, () -> forced.completeExceptionally(new IOException("No space left on device")));
    } else {
      write(new Write(state, null, forced));
    }
    return forced;
  }

  @Override
  public void finish(TaskStatus last) {
    write(new Write(null, last, null));
  }

  private void write(Write write) {
    pending.add(write);
    if (!flushing) {
      flushing = true;
      long delay = sim.dice().delay(10, 400);
      sim.after(delay, life, this::flush);
      if (nextWrite != null) {
        // What is told at once may have reached the log by then, what waits for the disk has not.
        sim.after(sim.dice().between(0, delay), life, nextWrite);
        nextWrite = null;
      }
    }
  }

  private void flush() {
    flushing = false;
    List<CompletableFuture<Void>> done = new ArrayList<>();
    while (!pending.isEmpty()) {
      Write write = pending.remove();
      apply(write);
      if (write.forced() != null) {
        done.add(write.forced());
      }
    }
    done.forEach(forced -> forced.complete(null));
  }

  private void apply(Write write) {
    if (write.state() != null) {
      durable.put(write.state().taskId(), write.state());
    } else {
      durable.remove(write.last().taskId());
      finished.add(write.last());
      if (finished.size() > FINISHED_KEPT) {
        finished.removeFirst();
      }
    }
  }
}

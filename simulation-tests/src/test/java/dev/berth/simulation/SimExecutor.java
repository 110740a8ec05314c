package dev.berth.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** An executor whose threads are the simulation's events; its actions end with a process. */
final class SimExecutor extends AbstractExecutorService implements ScheduledExecutorService {
  private final Sim sim;
  private final Life life;
  private final LongSupplier latency;

  /**
   * @param latency how many milliseconds it takes from handing something in to its being done; null
   *     to do it at once
   */
  SimExecutor(Sim sim, Life life, LongSupplier latency) {
    this.sim = sim;
    this.life = life;
    this.latency = latency;
  }

  @Override
  public void execute(Runnable command) {
    if (latency == null) {
      command.run();
    } else {
      sim.after(latency.getAsLong(), life, command);
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Timer timer = new Timer(command, -1);
    sim.after(unit.toMillis(delay), life, timer);
    return timer;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    Timer timer = new Timer(command, unit.toMillis(period));
    sim.after(unit.toMillis(initialDelay), life, timer);
    return timer;
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return scheduleAtFixedRate(command, initialDelay, delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("Nobody asks for this");
  }

  @Override
  public void shutdown() {
    life.end();
  }

  @Override
  public List<Runnable> shutdownNow() {
    life.end();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return life.isOver();
  }

  @Override
  public boolean isTerminated() {
    return life.isOver();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return life.isOver();
  }

  private final class Timer implements ScheduledFuture<Object>, Runnable {
    private final Runnable command;
    private final long period;
    private boolean cancelled;
    private boolean done;

    Timer(Runnable command, long period) {
      this.command = command;
      this.period = period;
    }

    @Override
    public void run() {
      if (cancelled) {
        return;
      }
      command.run();
      if (period >= 0) {
        sim.after(period, life, this);
      } else {
        done = true;
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      cancelled = true;
      return !done;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public boolean isDone() {
      return done || cancelled;
    }

    @Override
    public Object get() {
      throw new UnsupportedOperationException("Nobody waits in a simulation");
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
      throw new UnsupportedOperationException("Nobody waits in a simulation");
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return Integer.compare(System.identityHashCode(this), System.identityHashCode(other));
    }
  }
}

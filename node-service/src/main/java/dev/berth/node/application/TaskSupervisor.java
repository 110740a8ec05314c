package dev.berth.node.application;

import dev.berth.contracts.Topic;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.domain.container.BerthLabels;
import dev.berth.node.domain.task.TaskEffect;
import dev.berth.node.domain.task.TaskEvent;
import dev.berth.node.domain.task.TaskState;
import dev.berth.node.domain.task.TaskStatuses;
import dev.berth.node.domain.task.TaskTransitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Owns the owners of this node's tasks: brings each event to the task it is about, and carries out
 * what the tasks ask for.
 */
public final class TaskSupervisor implements TaskActor.Listener {
  private static final Logger LOG = Logger.getLogger(TaskSupervisor.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final NodeIdentity node;
  private final TaskPlanner planner;
  private final TaskJournal journal;
  private final LatestRecords records;
  private final Workers workers;
  private final TaskTransitions transitions;
  private final Clock clock;
  private final NodeMetrics metrics;
  private final EngineCalls calls;
  private final KeptNews news;
  private final Map<String, TaskActor> actors = new ConcurrentHashMap<>();
  private final Map<String, TaskPlan> plans = new ConcurrentHashMap<>();
  private final Map<String, Deadline> deadlines = new ConcurrentHashMap<>();
  private final Map<String, TaskStatus> finished = new ConcurrentHashMap<>();
  private final Set<String> assignedInLog = ConcurrentHashMap.newKeySet();

  private record Deadline(Instant at, ScheduledFuture<?> timer) {}

  public TaskSupervisor(
      NodeIdentity node,
      ContainerEngine engine,
      TaskPlanner planner,
      TaskJournal journal,
      LatestRecords records,
      Workers workers,
      TaskTransitions transitions,
      Clock clock,
      NodeMetrics metrics) {
    this.node = node;
    this.planner = planner;
    this.journal = journal;
    this.records = records;
    this.workers = workers;
    this.transitions = transitions;
    this.clock = clock;
    this.metrics = metrics;
    this.calls = new EngineCalls(engine, clock);
    this.news = new KeptNews(journal);
  }

  /** The scheduler's newest word on a task of this node. */
  public void assigned(TaskAssigned assigned) {
    assignedInLog.add(assigned.taskId());
    TaskActor actor = actors.get(assigned.taskId());
    if (actor != null) {
      if (assigned.version() > actor.state().assigned().version()
          && assigned.taskDefinition() != null) {
        plans.computeIfPresent(assigned.taskId(), (id, plan) -> replanned(plan, assigned));
      }
      actor.tell(new TaskEvent.Assigned(assigned));
      return;
    }
    TaskStatus last = finished.get(assigned.taskId());
    if (last != null) {
      reportFinished(last);
    } else if (assigned.taskDefinition() == null) {
      reportUnknown(assigned);
    } else {
      accept(assigned);
    }
  }

  /** The scheduler's record of a task was deleted. */
  public void assignmentGone(String taskId) {
    TaskActor actor = actors.get(taskId);
    if (actor != null) {
      actor.tell(new TaskEvent.AssignmentGone());
      return;
    }
    TaskStatus last = finished.get(taskId);
    if (last != null) {
      records.delete(Topic.TASK_STATUS, taskId, last.cluster());
    }
  }

  /**
   * Writes the status of every task again, for a log that may have lost them. A stopped task of
   * which the log then says nothing for as long as its containers are kept was deleted while nobody
   * looked, and is forgotten; of a running one absence says nothing.
   */
  public void reportAll() {
    assignedInLog.clear();
    actors.values().forEach(actor -> actor.tell(new TaskEvent.ReportLost()));
    later(this::forgetUnassigned, transitions.cleanupWait());
  }

  private void forgetUnassigned() {
    actors.values().stream()
        .filter(actor -> actor.state().isStopped() && !assignedInLog.contains(actor.taskId()))
        .forEach(actor -> actor.tell(new TaskEvent.AssignmentGone()));
  }

  /** The tasks that this node has containers of, or whose end it still reports. */
  public List<String> inventory() {
    return actors.keySet().stream().sorted().toList();
  }

  /** How many tasks have a running container. */
  public int running() {
    return (int)
        actors.values().stream()
            .filter(actor -> actor.state().lastStatus() == TaskLifecycle.RUNNING)
            .count();
  }

  Collection<TaskActor> all() {
    return actors.values();
  }

  Optional<TaskActor> find(String taskId) {
    return Optional.ofNullable(actors.get(taskId));
  }

  boolean isFinished(String taskId) {
    return finished.containsKey(taskId);
  }

  /** Takes up what the journal kept of finished tasks. */
  void rememberFinished(TaskStatus last) {
    finished.put(last.taskId(), last);
  }

  /** Goes on with a task of an earlier process, or one found without its journal. */
  void adopt(TaskState state, TaskEvent.Observed observed) {
    TaskPlan plan = planFor(state.assigned());
    plans.put(state.taskId(), plan);
    TaskActor actor = newActor(state);
    actors.put(state.taskId(), actor);
    actor.tell(observed);
    actor.tell(new TaskEvent.ReportLost());
  }

  /** Looks at one container of a task and tells the task what is there. */
  void look(TaskActor actor, String container, String runtimeId) {
    attempt(workers.looks(), actor, () -> calls.look(container, runtimeId), () -> true);
  }

  private void accept(TaskAssigned assigned) {
    TaskPlan plan = planFor(assigned);
    TaskState state = TaskState.accepted(assigned, plan.containers().holder().isPresent());
    TaskActor actor = newActor(state);
    plans.put(assigned.taskId(), plan);
    if (actors.putIfAbsent(assigned.taskId(), actor) != null) {
      assigned(assigned);
      return;
    }
    metrics.accepted();
    if (plan.refusals().isEmpty()) {
      actor.tell(new TaskEvent.TimePassed());
    } else {
      actor.tell(new TaskEvent.Refused(String.join(" ", plan.refusals())));
    }
  }

  private TaskActor newActor(TaskState state) {
    return new TaskActor(state, transitions, workers.tasks(), clock, this);
  }

  private TaskPlan replanned(TaskPlan plan, TaskAssigned assigned) {
    return plan.containers().containers().size()
            == assigned.taskDefinition().containerDefinitions().size()
        ? plan
        : planFor(assigned);
  }

  private TaskPlan planFor(TaskAssigned assigned) {
    try {
      return planner.plan(assigned);
    } catch (RuntimeException e) {
      LOG.errorf(e, "Task %s can't be planned", assigned.taskId());
      return TaskPlan.refused("The task definition can't be run here: " + e.getMessage());
    }
  }

  private void reportFinished(TaskStatus last) {
    records.write(
        Topic.TASK_STATUS,
        last.taskId(),
        last.cluster(),
        version -> TaskStatuses.again(last, version));
  }

  /** A stop of a task that never came here, or of which nothing is left. */
  private void reportUnknown(TaskAssigned assigned) {
    Instant now = clock.instant();
    records.write(
        Topic.TASK_STATUS,
        assigned.taskId(),
        assigned.cluster(),
        version -> TaskStatuses.neverRun(assigned, node.hostAddress(), now, version));
  }

  @Override
  public void changed(TaskActor actor, TaskState before, TaskState after) {
    journal.remember(after);
    metrics.changed(before, after);
    if (before.lastStatus() != after.lastStatus()) {
      LOG.infof(
          "Task %s of %s: %s -> %s%s",
          after.taskId(),
          after.assigned().group(),
          before.lastStatus(),
          after.lastStatus(),
          after.stoppedReason() == null ? "" : " (" + after.stoppedReason() + ")");
    }
  }

  @Override
  public void perform(TaskActor actor, TaskEffect effect) {
    TaskState state = actor.state();
    TaskPlan plan = plans.get(state.taskId());
    switch (effect) {
      case TaskEffect.Report report -> tell(actor, state);
      case TaskEffect.Journal entry -> journal(actor, entry);
      case TaskEffect.PullImage pull ->
          attempt(
              workers.pulls(),
              actor,
              () ->
                  Optional.of(
                      calls.pull(
                          pull.container(), plan.images().get(pull.container()), actor::tell)),
              () -> !actor.state().stopRequested());
      case TaskEffect.StartHolder holder ->
          attempt(workers.starts(), actor, () -> Optional.of(calls.startHolder(plan)), () -> true);
      case TaskEffect.Create create ->
          attempt(
              workers.starts(),
              actor,
              () -> Optional.of(calls.create(create.container(), plan)),
              () -> true);
      case TaskEffect.Start start ->
          attempt(
              workers.starts(),
              actor,
              () -> Optional.of(calls.start(state, start.container(), start.runtimeId())),
              () -> true);
      case TaskEffect.Stop stop ->
          attempt(
              workers.stops(),
              actor,
              () -> Optional.of(calls.stop(stop.container(), stop.runtimeId(), stop.timeout())),
              () -> !actor.state().containers().get(stop.container()).isStopped());
      case TaskEffect.StopHolder holder ->
          attempt(
              workers.stops(),
              actor,
              () -> Optional.of(calls.stopHolder(holder.runtimeId())),
              () -> true);
      case TaskEffect.CleanUp cleanUp ->
          attempt(
              workers.stops(),
              actor,
              () ->
                  Optional.of(
                      calls.cleanUp(
                          Map.of(
                              BerthLabels.INSTALLATION_ID, node.installationId(),
                              BerthLabels.TASK_ID, state.taskId()),
                          plan)),
              () -> true);
      case TaskEffect.Forget forget -> forget(state);
    }
  }

  @Override
  public void settled(TaskActor actor) {
    Optional<Instant> next = transitions.nextDeadline(actor.state());
    deadlines.compute(
        actor.taskId(),
        (id, known) -> {
          if (known != null && next.isPresent() && known.at().equals(next.get())) {
            return known;
          }
          if (known != null) {
            known.timer().cancel(false);
          }
          return next.map(at -> deadline(actor, at)).orElse(null);
        });
  }

  private Deadline deadline(TaskActor actor, Instant at) {
    // A little late rather than a little early: early would change nothing and need a second timer.
    long millis = Math.max(0, Duration.between(clock.instant(), at).toMillis()) + 1;
    return new Deadline(
        at,
        workers
            .timer()
            .schedule(
                () -> {
                  deadlines.remove(actor.taskId());
                  actor.tell(new TaskEvent.TimePassed());
                },
                millis,
                TimeUnit.MILLISECONDS));
  }

  private void tell(TaskActor actor, TaskState state) {
    if (actors.get(state.taskId()) == actor) {
      news.tell(actor, state, () -> report(state));
    } else {
      report(state); // it is forgotten: the journal has its end, and must not get it again
    }
  }

  private void report(TaskState state) {
    records.write(
        Topic.TASK_STATUS,
        state.taskId(),
        state.assigned().cluster(),
        version -> TaskStatuses.of(state, node.installationId(), version, node.hostAddress()));
  }

  private void journal(TaskActor actor, TaskEffect.Journal entry) {
    journal
        .rememberDurably(actor.state())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                actor.tell(new TaskEvent.Journaled(entry.containers()));
              } else {
                later(() -> journal(actor, entry), RETRY);
              }
            });
  }

  private void forget(TaskState state) {
    TaskStatus last = TaskStatuses.of(state, node.installationId(), 0, node.hostAddress());
    finished.put(state.taskId(), last);
    journal.finish(last);
    records.delete(Topic.TASK_STATUS, state.taskId(), state.assigned().cluster());
    actors.remove(state.taskId());
    assignedInLog.remove(state.taskId());
    plans.remove(state.taskId());
    news.forget(state.taskId());
  }

  /** Calls the engine until it is known what has come of it. */
  private void attempt(
      Executor pool,
      TaskActor actor,
      Supplier<Optional<TaskEvent>> call,
      Supplier<Boolean> stillWanted) {
    pool.execute(
        () -> {
          if (!stillWanted.get()) {
            return;
          }
          MDC.put("taskId", actor.taskId());
          try {
            call.get().ifPresent(actor::tell);
          } catch (RuntimeException e) {
            metrics.engineError();
            LOG.warnf("To be tried again: %s", e.getMessage());
            LOG.debug("The cause", e);
            later(() -> attempt(pool, actor, call, stillWanted), RETRY);
          } finally {
            MDC.remove("taskId");
          }
        });
  }

  private void later(Runnable action, Duration wait) {
    try {
      var unused = workers.timer().schedule(action, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The node is shutting down; its next process goes on from the journal", e);
    }
  }
}

package dev.berth.simulation;

import dev.berth.contracts.Topic;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.node.domain.container.BerthLabels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches what really happens on machines and in the log, whatever anybody believes: no task's
 * container is made twice, no task runs in two places, no machine runs more than it has room for,
 * no status goes back, no task that was placed is refused afterwards.
 */
final class Referee {
  private final Sim sim;
  private final Map<String, Machine> createdOn = new HashMap<>();
  private final Map<String, Seen> statuses = new HashMap<>();
  private final Map<String, String> ordered = new HashMap<>();
  private final Set<String> placed = new HashSet<>();
  private final Map<Machine, Load> loads = new HashMap<>();

  private record Seen(long version, TaskLifecycle status, String instance) {}

  /** What runs on a machine. */
  private static final class Load {
    private int cpu;
    private int memory;
  }

  Referee(Sim sim) {
    this.sim = sim;
  }

  void created(Machine machine, SimDocker.Container container) {
    String task = container.taskId();
    Machine before = createdOn.putIfAbsent(task, machine);
    if (before == machine) {
      sim.violated("Task " + task + " was created a second time on " + machine, task, machine);
    } else if (before != null) {
      sim.violated(
          "Task " + task + " was created on " + before + " and on " + machine,
          task,
          machine,
          before);
    }
    sim.story().tell("%s: created a container of task %s", machine, task);
  }

  void started(Machine machine, SimDocker.Container container) {
    sim.story().tell("%s: started task %s", machine, container.taskId());
    Load load = loads.computeIfAbsent(machine, m -> new Load());
    load.cpu += number(container, BerthLabels.CPU);
    load.memory += number(container, BerthLabels.MEMORY);
    if (load.cpu > machine.size().cpu() || load.memory > machine.size().memory()) {
      sim.violated(
          "%s runs tasks of %d CPU units and %d MiB and has %d and %d"
              .formatted(
                  machine, load.cpu, load.memory, machine.size().cpu(), machine.size().memory()),
          machine,
          container.taskId());
    }
  }

  void ended(Machine machine, SimDocker.Container container) {
    sim.story().tell("%s: task %s ended", machine, container.taskId());
    Load load = loads.get(machine);
    load.cpu -= number(container, BerthLabels.CPU);
    load.memory -= number(container, BerthLabels.MEMORY);
  }

  private static int number(SimDocker.Container container, String label) {
    String text = container.label(label);
    return text == null ? 0 : Integer.parseInt(text);
  }

  /** A record was written to the log. */
  void appended(Topic topic, String key, Object value) {
    if (value instanceof TaskStatus status) {
      status(status);
    } else if (value instanceof TaskAssigned assigned) {
      assigned(assigned);
    } else if (value instanceof TaskVerdict verdict) {
      decided(verdict);
    }
  }

  /** The log was lost, and with it what was decided: what nobody can know is decided anew. */
  void logReplaced() {
    placed.clear();
  }

  private void decided(TaskVerdict verdict) {
    if (verdict.outcome() == VerdictOutcome.PLACED) {
      placed.add(verdict.taskId());
    } else if (verdict.outcome() == VerdictOutcome.REFUSED && placed.contains(verdict.taskId())) {
      sim.violated(
          "Task %s had been placed and was then refused: %s"
              .formatted(verdict.taskId(), verdict.reasons()),
          verdict.taskId());
    }
  }

  private void status(TaskStatus status) {
    Seen before = statuses.get(status.taskId());
    if (before == null || before.version() < status.version()) {
      if (before != null && before.status().compareTo(status.lastStatus()) > 0) {
        sim.violated(
            "The status of task %s went back from %s to %s"
                .formatted(status.taskId(), before.status(), status.lastStatus()),
            status.taskId());
      }
      statuses.put(
          status.taskId(),
          new Seen(status.version(), status.lastStatus(), status.containerInstanceId()));
      if (before == null || before.status() != status.lastStatus()) {
        sim.story()
            .tell(
                "%s: task %s of %s is %s %s",
                status.containerInstanceId(),
                status.taskId(),
                status.serviceName(),
                status.lastStatus(),
                status.stoppedReason() == null ? "" : status.stoppedReason());
      }
    }
    if (before != null && !before.instance().equals(status.containerInstanceId())) {
      sim.violated(
          "Task %s is told of by %s and by %s"
              .formatted(status.taskId(), before.instance(), status.containerInstanceId()),
          status.taskId());
    }
  }

  private void assigned(TaskAssigned assigned) {
    String before = ordered.putIfAbsent(assigned.taskId(), assigned.containerInstanceId());
    if (before != null && !before.equals(assigned.containerInstanceId())) {
      sim.violated(
          "Task %s was given to %s and then to %s"
              .formatted(assigned.taskId(), before, assigned.containerInstanceId()),
          assigned.taskId());
    }
    sim.story()
        .tell(
            "scheduler: %s gets task %s of %s, %s %s",
            assigned.containerInstanceId(),
            assigned.taskId(),
            assigned.serviceName(),
            assigned.desiredStatus(),
            assigned.stoppedReason() == null ? "" : assigned.stoppedReason());
  }
}

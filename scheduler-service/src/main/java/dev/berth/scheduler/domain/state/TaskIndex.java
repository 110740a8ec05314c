package dev.berth.scheduler.domain.state;

import dev.berth.contracts.Keys;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.TaskAssignment;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tasks, services and instances, and who holds whom. */
final class TaskIndex {
  private static final Resources NOTHING = new Resources(0, 0, List.of(), 0);

  // How many ended tasks are remembered, so that a late message doesn't bring one back.
  private static final int REMEMBERED_ENDS = 20_000;

  final Map<String, ServiceState> services = new LinkedHashMap<>();
  // One thread uses it; a walk over it goes on although it changes in between.
  final Map<String, TaskState> tasks = new ConcurrentHashMap<>();
  final Map<String, InstanceState> instances = new LinkedHashMap<>();
  final Map<String, Set<InstanceState>> holders = new HashMap<>();
  final InstanceJournal journal = new InstanceJournal();
  private final Map<String, Map<TargetKey, TargetStatus>> early = new HashMap<>();
  private final Attention attention;
  private final Set<String> erased =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED_ENDS;
            }
          });

  TaskIndex(Attention attention) {
    this.attention = attention;
  }

  TaskState task(String taskId) {
    TaskState known = tasks.get(taskId);
    if (known != null) {
      return known;
    }
    TaskState task = new TaskState(taskId);
    tasks.put(taskId, task);
    Map<TargetKey, TargetStatus> seen = early.remove(taskId);
    if (seen != null) {
      seen.values().forEach(task::foldTarget);
    }
    return task;
  }

  /**
   * A load balancer tells of a task that nobody has told of yet. Each reports when it likes, so
   * that after a log was replaced balancers may be ahead of the task's node; they won't say it
   * again for minutes.
   */
  void heardEarly(TargetStatus seen) {
    if (!isErased(seen.taskId())) {
      TargetKey key =
          new TargetKey(
              Keys.target(seen.targetGroupArn(), seen.targetId()),
              seen.taskId(),
              seen.lbInstanceId());
      early
          .computeIfAbsent(seen.taskId(), id -> new HashMap<>(2))
          .merge(key, seen, (one, other) -> one.version() >= other.version() ? one : other);
    }
  }

  /** A load balancer has forgotten a target. */
  void heardNoMore(TargetKey target) {
    early.computeIfPresent(
        target.taskId(),
        (id, seen) -> {
          seen.remove(target);
          return seen.isEmpty() ? null : seen;
        });
  }

  ServiceState service(String serviceName) {
    return services.computeIfAbsent(serviceName, ServiceState::new);
  }

  InstanceState instance(String id) {
    return instances.computeIfAbsent(id, key -> new InstanceState(key, journal));
  }

  /** Nothing is left of a task. */
  void erase(String taskId) {
    tasks.remove(taskId);
    erased.add(taskId);
  }

  /** Whether a task has ended and was forgotten; its id is never used again. */
  boolean isErased(String taskId) {
    return erased.contains(taskId);
  }

  /** Another assignment of a task, or none any more. */
  void remember(TaskState task, TaskAssignment assignment) {
    TaskAssignment before = task.assignment;
    if (before != null && before.serviceName() != null) {
      ServiceState service = services.get(before.serviceName());
      if (service != null) {
        service.remove(task);
      }
    }
    task.assignment = assignment;
    if (assignment != null && assignment.serviceName() != null && task.isPlaced()) {
      service(assignment.serviceName()).add(task);
    }
    if (before != null) {
      attention.touchService(before.serviceName());
    }
    changed(task);
  }

  /** Something changed about a task: what it holds, and who has to look. */
  void changed(TaskState task) {
    hold(task);
    if (task.heldOn != null) {
      journal.changed(task.heldOn); // queries may ask how many tasks run there
    }
    attention.unknown(task.taskId(), task.isUnknownToUs());
    attention.touch(new Subject.OfTask(task.taskId()));
    attention.touchService(task.serviceName());
  }

  /** Something changed about an instance: what it offers, and who has to look. */
  void changed(InstanceState instance) {
    instance.described();
    attention.touch(new Subject.OfInstance(instance.id()));
    attention.moreRoom();
  }

  private void hold(TaskState task) {
    boolean holds = task.isPlaced() ? !task.hasStopped() : task.isUnknownToUs();
    String on = holds ? task.containerInstanceId() : null;
    Resources resources = holds ? resourcesOf(task) : null;
    String group = holds ? countedGroup(task) : null;
    if (task.heldOn != null) {
      if (task.heldOn.id().equals(on)
          && task.held.equals(resources)
          && task.heldGroup.equals(group)) {
        return;
      }
      task.heldOn.release(task, task.held, task.heldGroup);
      noLongerHolds(task.heldOn, task.heldGroup);
      task.heldOn = null;
      attention.moreRoom();
    }
    if (on != null) {
      InstanceState instance = instance(on);
      instance.hold(task, resources, group);
      holders.computeIfAbsent(group, g -> new LinkedHashSet<>()).add(instance);
      task.heldOn = instance;
      task.held = resources;
      task.heldGroup = group;
    }
  }

  private void noLongerHolds(InstanceState instance, String group) {
    if (instance.tasksOf(group) == 0) {
      Set<InstanceState> left = holders.get(group);
      left.remove(instance);
      if (left.isEmpty()) {
        holders.remove(group);
      }
    }
  }

  private static Resources resourcesOf(TaskState task) {
    Resources resources =
        task.assignment != null ? task.assignment.resources() : task.status.resources();
    return resources == null ? NOTHING : resources;
  }

  /**
   * The group that the task counts for: what is to stop takes its room still, but nothing is spread
   * over it or kept apart from it any more (ECS: placement constraints go by the desired status).
   */
  private static String countedGroup(TaskState task) {
    return task.isStopping() ? "" : groupOf(task);
  }

  private static String groupOf(TaskState task) {
    String group = task.assignment != null ? task.assignment.group() : task.status.group();
    return group == null ? "" : group;
  }
}

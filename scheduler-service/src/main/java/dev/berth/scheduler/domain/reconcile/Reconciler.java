package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.Plan;
import dev.berth.scheduler.domain.state.ClusterState;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what has to be done in a cluster. A function of the state, the time and the ids it is
 * given: the same three give the same plan.
 */
public final class Reconciler {
  // Each decision is looked at once more; what needs more rounds than this is left to the next
  // plan.
  private static final int MOST_ROUNDS = 50;

  private final Planning planning;
  private final InstanceWatch instances;
  private final TaskFlow tasks;
  private final ServiceLook services;

  private Reconciler(Planning planning) {
    Orders orders = new Orders(planning);
    this.planning = planning;
    this.instances = new InstanceWatch(planning, orders);
    this.tasks = new TaskFlow(planning, orders);
    this.services = new ServiceLook(planning, orders);
  }

  /**
   * Looks at what changed since the last plan and at what is due. The state has folded the plan
   * when this returns; if the plan can't be written, the state is worth nothing any more and has to
   * be built again from the log.
   */
  public static Plan plan(ClusterState state, Instant now, IdSource ids) {
    if (state.hearing().caughtUpAt() == null) {
      return new Plan(List.of(), null);
    }
    Planning planning = new Planning(state, now, ids);
    new Reconciler(planning).lookAtAll();
    planning.tally().tell(planning);
    Instant next = state.attention().isTouched() ? now : state.attention().next();
    return new Plan(planning.decisions(), next);
  }

  /** Looks at everything. */
  public static Plan planAll(ClusterState state, Instant now, IdSource ids) {
    state.lookAtEverything();
    return plan(state, now, ids);
  }

  /** Looks at one more part of everything, and at what changed and is due. */
  public static Plan planPart(ClusterState state, Instant now, IdSource ids) {
    state.lookAtNextPart();
    return plan(state, now, ids);
  }

  private void lookAtAll() {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Recovery.look(planning);
      List<Subject> subjects = planning.state().attention().take(planning.now());
      if (subjects.isEmpty()) {
        return;
      }
      // Instances first, then tasks: services are decided by what these have become.
      List<ServiceState> touched = new ArrayList<>();
      List<TaskState> moved = new ArrayList<>();
      for (Subject subject : subjects) {
        switch (subject) {
          case Subject.OfInstance of -> look(of);
          case Subject.OfTask of -> add(moved, planning.state().task(of.taskId()));
          case Subject.OfService of -> add(touched, planning.state().service(of.serviceName()));
        }
      }
      moved.forEach(tasks::look);
      tasks.tellOfNeed();
      // Daemons get their room before anybody else (ECS: daemon scheduling strategy).
      touched.stream().filter(Reconciler::isDaemon).forEach(services::look);
      touched.stream().filter(service -> !isDaemon(service)).forEach(services::look);
    }
  }

  private void look(Subject.OfInstance subject) {
    InstanceState instance = planning.state().instance(subject.containerInstanceId());
    if (instance != null) {
      instances.look(instance);
    }
  }

  private static boolean isDaemon(ServiceState service) {
    return service.desired() != null
        && service.desired().schedulingStrategy() == SchedulingStrategy.DAEMON;
  }

  private static <T> void add(List<T> list, T item) {
    if (item != null) {
      list.add(item);
    }
  }
}

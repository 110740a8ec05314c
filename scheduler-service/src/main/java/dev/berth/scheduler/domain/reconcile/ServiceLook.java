package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at one service: what it lacks, what it has too much, and what to say about it. */
final class ServiceLook {
  private final Planning planning;
  private final Orders orders;
  private final StartRecord starts;

  ServiceLook(Planning planning, Orders orders) {
    this.planning = planning;
    this.orders = orders;
    this.starts = new StartRecord(planning);
  }

  void look(ServiceState service) {
    ServiceDesired desired = service.desired();
    ServiceTasks tasks = new ServiceTasks(planning, orders, service);
    if (desired == null) {
      end(service, tasks);
      return;
    }
    stopForeign(service, tasks);
    ServiceReport report = new ServiceReport(planning, service);
    if (!service.isActive()) {
      stopAll(service, tasks);
      tasks.tellOfEnough(true);
      DaemonPlan.giveBack(planning, service);
      report.ending(
          service.tasks().stream().allMatch(TaskState::isGivenUp)
              ? ServiceStatusName.INACTIVE
              : ServiceStatusName.DRAINING);
      return;
    }
    if (Recovery.holdsBack(planning, desired.createdAt())) {
      return;
    }
    Rollout rollout = Rollout.of(desired);
    if (rollout instanceof Rollout.External) {
      new TaskSetPlan(planning, service, tasks, tasks.members(starts)).carryOut();
      report.external(tasks.members(starts));
      return;
    }
    if (service.primary() == null || service.primary().taskDefinition() == null) {
      return;
    }
    List<Member> members = tasks.members(starts);
    RolloutJudge judge = new RolloutJudge(planning, service);
    switch (rollout) {
      case Rollout.Daemon daemon -> {
        judge.judge(service.reported() == null ? 1 : service.reported().desiredCount());
        int wanted = new DaemonPlan(planning, service, tasks, tasks.members(starts)).carryOut();
        report.active(tasks.members(starts), wanted);
      }
      case Rollout.TrafficShift shift -> {
        planning.sayOnce(
            service,
            "strategy",
            Duration.ofHours(6),
            Sentence.warn(
                "SERVICE_DEPLOYMENT_STRATEGY_NOT_AVAILABLE",
                service.primary().id(),
                "is deployed by rolling update: %s is not available.".formatted(shift.strategy())));
        roll(service, tasks, members, judge, report);
      }
      case Rollout.Rolling rolling -> roll(service, tasks, members, judge, report);
      case Rollout.External external ->
          throw new IllegalStateException("Task sets were dealt with");
    }
  }

  private void roll(
      ServiceState service,
      ServiceTasks tasks,
      List<Member> members,
      RolloutJudge judge,
      ServiceReport report) {
    String before = service.primary().id();
    judge.judge(service.desired().desiredCount());
    List<Member> judged = service.primary().id().equals(before) ? members : tasks.members(starts);
    int decided = planning.decisions().size();
    new ReplicaPlan(planning, service, tasks, judged).carryOut();
    boolean asBefore = planning.decisions().size() == decided;
    report.active(asBefore ? judged : tasks.members(starts), service.desired().desiredCount());
  }

  /** A service that isn't known any more; one that never was is left alone. */
  private void end(ServiceState service, ServiceTasks tasks) {
    if (service.isRemoved()) {
      stopAll(service, tasks);
      tasks.tellOfEnough(true);
      DaemonPlan.giveBack(planning, service);
    }
    if (service.tasks().isEmpty() && (service.isRemoved() || service.reported() != null)) {
      planning.decide(new Decision.ForgetService(planning.state().cluster(), service.name()));
    }
  }

  private static void stopAll(ServiceState service, ServiceTasks tasks) {
    for (TaskState task : List.copyOf(service.tasks())) {
      if (task.isLive()) {
        tasks.stop(task, "Scaling activity initiated by the deletion of its service");
      }
    }
  }

  /** Tasks of an earlier service of the same name. */
  private static void stopForeign(ServiceState service, ServiceTasks tasks) {
    String own = service.desired().serviceId();
    List<TaskState> foreign = new ArrayList<>();
    for (TaskState task : service.tasks()) {
      if (!own.equals(task.serviceId()) && task.isLive()) {
        foreign.add(task);
      }
    }
    foreign.forEach(task -> tasks.stop(task, "Its service was deleted"));
  }
}

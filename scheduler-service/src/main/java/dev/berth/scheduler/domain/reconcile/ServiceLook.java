package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
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
      report.ending(
          service.tasks().isEmpty() ? ServiceStatusName.INACTIVE : ServiceStatusName.DRAINING);
      return;
    }
    if (service.primary() == null
        || service.primary().taskDefinition() == null
        || Recovery.holdsBack(planning, desired.createdAt())) {
      return;
    }
    if (desired.schedulingStrategy() == SchedulingStrategy.DAEMON) {
      int wanted = new DaemonPlan(planning, service, tasks, tasks.members(starts)).carryOut();
      report.active(tasks.members(starts), wanted);
    } else {
      new ReplicaPlan(planning, service, tasks, tasks.members(starts)).carryOut();
      report.active(tasks.members(starts), desired.desiredCount());
    }
  }

  /** A service that isn't known any more; one that never was is left alone. */
  private void end(ServiceState service, ServiceTasks tasks) {
    if (service.isRemoved()) {
      stopAll(service, tasks);
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
    for (TaskState task : List.copyOf(service.tasks())) {
      if (task.isLive() && !service.desired().serviceId().equals(task.serviceId())) {
        tasks.stop(task, "Its service was deleted");
      }
    }
  }
}

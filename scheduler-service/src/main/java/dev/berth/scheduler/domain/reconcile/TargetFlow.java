package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.Keys;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.scheduler.domain.Decision;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.Subject;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Brings tasks into their target groups, and takes them out before they stop. */
final class TargetFlow {
  private final Planning planning;
  private final Orders orders;

  TargetFlow(Planning planning, Orders orders) {
    this.planning = planning;
    this.orders = orders;
  }

  /** A running task of a service with target groups becomes a target in each. */
  void register(TaskState task) {
    ServiceState service =
        task.serviceName() == null ? null : planning.state().service(task.serviceName());
    if (service == null || service.desired() == null || !task.isRunning()) {
      return;
    }
    for (ServiceLoadBalancer balancer : service.loadBalancers(task.deploymentId())) {
      if (balancer.targetGroupArn() == null || balancer.containerPort() == null) {
        continue;
      }
      String targetId = Keys.targetId(task.taskId(), balancer.containerPort());
      String key = Keys.target(balancer.targetGroupArn(), targetId);
      Address address =
          addressOf(task.status(), balancer.containerName(), balancer.containerPort());
      if (address == null || task.assignment().targets().contains(key)) {
        continue;
      }
      List<String> targets = new ArrayList<>(task.assignment().targets());
      targets.add(key);
      TaskAssignment assignment = orders.withTargets(task.assignment(), targets);
      planning.decide(
          new Decision.RegisterTarget(
              target(task, key, address, TargetDesiredState.REGISTERED),
              assignment,
              isActivated(service, task, targets)
                  ? orders.verdict(assignment, VerdictOutcome.PLACED)
                  : null));
      planning.tally().registered(service.name(), balancer.targetGroupArn(), task.taskId());
    }
  }

  private static boolean isActivated(ServiceState service, TaskState task, List<String> targets) {
    return targets.size() >= service.loadBalancers(task.deploymentId()).size();
  }

  /** Drains the targets of a task that is to stop; tells whether all are. */
  boolean drained(TaskState task) {
    boolean all = true;
    for (String key : List.copyOf(task.assignment().targets())) {
      if (!task.isDraining(key)) {
        Address known = addressOf(task.status(), null, portOf(key));
        Address address = known == null ? new Address("", portOf(key)) : known;
        planning.decide(
            new Decision.DrainTarget(target(task, key, address, TargetDesiredState.DRAINING)));
        if (task.serviceName() != null) {
          planning.tally().draining(task.serviceName(), task.taskId());
          planning.tally().deregistered(task.serviceName(), groupOf(key), task.taskId());
        }
      }
      if (isDrained(task, key)) {
        InstanceState instance = planning.state().instance(task.containerInstanceId());
        if (instance != null && instance.isLost()) {
          remove(task, key); // its end may never be heard of
        }
      } else {
        all = false;
      }
    }
    return all;
  }

  private boolean isDrained(TaskState task, String key) {
    Collection<TargetStatus> seen = task.targetStatuses(key);
    if (!seen.isEmpty()
        && seen.stream().allMatch(status -> status.state() == TargetHealthState.DRAINED)) {
      return true;
    }
    Instant since =
        task.assignment().stopRequestedAt() == null
            ? planning.now()
            : task.assignment().stopRequestedAt();
    // A target that no load balancer ever told of gets no requests.
    Duration delay =
        seen.isEmpty() ? Duration.ZERO : planning.state().deregistrationDelay(groupOf(key));
    Instant deadline = since.plus(delay).plus(planning.settings().drainGrace());
    if (!planning.now().isBefore(deadline)) {
      return true;
    }
    planning.lookAgain(new Subject.OfTask(task.taskId()), deadline);
    return false;
  }

  /** A target is over. */
  void remove(TaskState task, String key) {
    List<String> left =
        task.assignment().targets().stream().filter(other -> !other.equals(key)).toList();
    planning.decide(new Decision.RemoveTarget(key, orders.withTargets(task.assignment(), left)));
  }

  private TargetDesired target(
      TaskState task, String key, Address address, TargetDesiredState state) {
    return new TargetDesired(
        groupOf(key),
        key.substring(key.lastIndexOf('|') + 1),
        planning.nextVersion(),
        task.assignment().cluster(),
        task.serviceName(),
        task.taskId(),
        address.host(),
        address.port(),
        state,
        null);
  }

  static String groupOf(String targetKey) {
    return targetKey.substring(0, targetKey.lastIndexOf('|'));
  }

  private static int portOf(String targetKey) {
    return Integer.parseInt(targetKey.substring(targetKey.lastIndexOf(':') + 1));
  }

  /** Where a container's port is reached: published, of the task's own address, or the host's. */
  private static Address addressOf(TaskStatus status, String containerName, int containerPort) {
    if (status == null) {
      return null;
    }
    for (ContainerState container : status.containers()) {
      if (containerName != null && !containerName.equals(container.name())) {
        continue;
      }
      for (NetworkBinding binding : container.networkBindings()) {
        if (binding.containerPort() != null
            && binding.containerPort() == containerPort
            && binding.hostPort() != null) {
          return new Address(status.hostAddress(), binding.hostPort());
        }
      }
      if (!container.networkInterfaces().isEmpty()) {
        return new Address(
            container.networkInterfaces().getFirst().privateIpv4Address(), containerPort);
      }
    }
    return null;
  }

  private record Address(String host, int port) {}
}

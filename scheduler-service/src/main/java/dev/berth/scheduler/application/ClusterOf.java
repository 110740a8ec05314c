package dev.berth.scheduler.application;

import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;

/** Which cluster a record is about. */
final class ClusterOf {
  private ClusterOf() {}

  /**
   * The record's cluster.
   *
   * @throws IllegalArgumentException if it names none
   */
  static String record(Object record) {
    String cluster =
        switch (record) {
          case ClusterDesired r -> r.cluster();
          case ServiceDesired r -> r.cluster();
          case TaskDesired r -> r.cluster();
          case ContainerInstanceDesired r -> r.cluster();
          case TaskVerdict r -> r.cluster();
          case TaskAssignment r -> r.cluster();
          case TaskAssigned r -> r.cluster();
          case ServiceStatus r -> r.cluster();
          case TaskStatus r -> r.cluster();
          case ContainerInstanceStatus r -> r.cluster();
          case ContainerInstanceHeartbeat r -> r.cluster();
          case TargetDesired r -> r.cluster();
          case TargetStatus r -> r.cluster();
          default ->
              throw new IllegalArgumentException(
                  "A " + record.getClass().getSimpleName() + " is not about a cluster");
        };
    if (cluster == null || cluster.isEmpty()) {
      throw new IllegalArgumentException(
          "The " + record.getClass().getSimpleName() + " names no cluster");
    }
    return cluster;
  }
}

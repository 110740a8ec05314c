package dev.berth.contracts.cluster;

import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.Resources;
import java.time.Instant;
import java.util.List;

/**
 * Tells whoever adds and removes machines that tasks wait for room. Written by the scheduler to
 * {@code berth.capacity.event.v1}. {@code capacityProviderName} and {@code autoScalingGroupArn} are
 * absent when any machine would do. {@code waitingTasks} of {@code taskResources} each wait for
 * {@code serviceName} or, for one-off tasks, {@code group}. {@code instances} can run such tasks
 * now, {@code instancesNeeded} would be enough for all of them, if new machines are as large as the
 * largest present; {@code capacityProviderReservation} is their ratio in percent (ECS: deep dive on
 * cluster auto scaling, CapacityProviderReservation).
 */
public record CapacityEvent(
    String id,
    String cluster,
    String clusterArn,
    CapacityEventName eventName,
    String capacityProviderName,
    String autoScalingGroupArn,
    String serviceName,
    String group,
    Resources taskResources,
    int waitingTasks,
    int instances,
    int instancesNeeded,
    Double capacityProviderReservation,
    List<RefusalReason> reasons,
    String message,
    Instant createdAt) {
  public CapacityEvent {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }
}

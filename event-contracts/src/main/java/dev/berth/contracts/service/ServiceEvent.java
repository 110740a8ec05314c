package dev.berth.contracts.service;

import dev.berth.contracts.task.RefusalReason;
import java.time.Instant;
import java.util.List;

/**
 * A sentence about a service, in ECS's words. Written by the scheduler to {@code
 * berth.service.event.v1}. {@code eventName} is ECS's name of the service action, such as {@code
 * SERVICE_STEADY_STATE}, {@code eventType} INFO, WARN or ERROR. {@code reasons} say how many
 * instances were ruled out by what, for SERVICE_TASK_PLACEMENT_FAILURE.
 */
public record ServiceEvent(
    String id,
    String cluster,
    String serviceName,
    String serviceId,
    String eventType,
    String eventName,
    String message,
    String deploymentId,
    Instant createdAt,
    List<RefusalReason> reasons) {
  public ServiceEvent {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }
}

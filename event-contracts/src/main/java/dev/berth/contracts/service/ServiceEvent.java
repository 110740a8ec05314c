package dev.berth.contracts.service;

import java.time.Instant;

/**
 * A sentence about a service, in ECS's words. Written by the scheduler to {@code
 * berth.service.event.v1}. {@code eventName} is ECS's name of the service action, such as {@code
 * SERVICE_STEADY_STATE}, {@code eventType} INFO, WARN or ERROR.
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
    Instant createdAt) {}

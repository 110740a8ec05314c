package dev.berth.contracts.service;

import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.TaskDefinition;
import java.time.Instant;

/**
 * A deployment of a service as api-service made it, with the whole task definition, so that the
 * scheduler asks nobody for it. {@code id} looks like {@code ecs-svc/1234567890123456789}.
 */
public record DeploymentDesired(
    String id,
    DeploymentStatus status,
    TaskDefinition taskDefinition,
    NetworkConfiguration networkConfiguration,
    String launchType,
    Instant createdAt,
    Instant updatedAt) {}

package dev.berth.contracts.service;

import java.time.Instant;

/** A wish to stop a deployment that is under way (ECS: StopServiceDeployment). */
public record StopDeployment(String deploymentId, StopType type, Instant requestedAt) {}

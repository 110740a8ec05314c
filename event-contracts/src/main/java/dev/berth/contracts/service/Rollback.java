package dev.berth.contracts.service;

import java.time.Instant;

/**
 * That the scheduler went back from one deployment to the last completed one (ECS: Rollback).
 * {@code reason} is a sentence in ECS's words.
 */
public record Rollback(
    String fromDeploymentId, String toDeploymentId, String reason, Instant startedAt) {}

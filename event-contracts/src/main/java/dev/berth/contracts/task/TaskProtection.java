package dev.berth.contracts.task;

import java.time.Instant;

/** Protection from scale-in and deployments until {@code expirationDate} (ECS). */
public record TaskProtection(boolean enabled, Instant expirationDate) {}

package dev.berth.contracts.service;

/**
 * A deployment's circuit breaker (ECS: ServiceDeploymentCircuitBreaker): {@code failureCount} of
 * {@code threshold} tasks have failed.
 */
public record CircuitBreakerState(CircuitBreakerStatus status, int failureCount, int threshold) {}

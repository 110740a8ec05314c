package dev.berth.contracts.service;

/** What a deployment's circuit breaker does (ECS: ServiceDeploymentCircuitBreaker). */
public enum CircuitBreakerStatus {
  TRIGGERED,
  MONITORING,
  MONITORING_COMPLETE,
  DISABLED
}

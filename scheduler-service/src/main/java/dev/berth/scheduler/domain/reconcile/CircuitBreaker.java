package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.service.CircuitBreakerState;
import dev.berth.contracts.service.CircuitBreakerStatus;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.ThresholdConfiguration;
import dev.berth.scheduler.domain.state.DeploymentMemory;

/**
 * When a deployment has failed too often (ECS: How the Amazon ECS deployment circuit breaker
 * detects failures).
 */
final class CircuitBreaker {
  private static final int LEAST = 3;
  private static final int MOST = 200;
  private static final int DEFAULT_PERCENT = 50;

  private CircuitBreaker() {}

  static boolean isOn(DeploymentConfiguration configuration) {
    return configuration != null
        && configuration.deploymentCircuitBreaker() != null
        && configuration.deploymentCircuitBreaker().enable();
  }

  /** Whether a failed deployment is rolled back. */
  static boolean rollsBack(DeploymentConfiguration configuration) {
    return isOn(configuration) && configuration.deploymentCircuitBreaker().rollback();
  }

  /** Whether a task that becomes healthy sets the count of failures to 0. */
  static boolean resets(DeploymentConfiguration configuration) {
    DeploymentCircuitBreaker breaker =
        configuration == null ? null : configuration.deploymentCircuitBreaker();
    return breaker == null || breaker.resetsOnHealthyTask();
  }

  /**
   * How many failed tasks fail a deployment: half the desired count, rounded up, between 3 and 200,
   * unless configured (ECS: ThresholdConfiguration).
   */
  static int threshold(DeploymentConfiguration configuration, int desiredCount) {
    DeploymentCircuitBreaker breaker =
        configuration == null ? null : configuration.deploymentCircuitBreaker();
    ThresholdConfiguration wanted = breaker == null ? null : breaker.thresholdConfiguration();
    int value = wanted == null || wanted.value() == null ? DEFAULT_PERCENT : wanted.value();
    String type = wanted == null || wanted.type() == null ? "BOUNDED_PERCENT" : wanted.type();
    int share = (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv((long) value * desiredCount, 100L));
    return switch (type) {
      case "COUNT" -> Math.max(1, value);
      case "UNBOUNDED_PERCENT" -> Math.max(1, share);
      default -> Math.clamp(share, LEAST, MOST);
    };
  }

  /** What is told about it. */
  static CircuitBreakerState state(
      DeploymentConfiguration configuration, DeploymentMemory memory, int desiredCount) {
    int threshold = threshold(configuration, desiredCount);
    CircuitBreakerStatus status;
    if (!isOn(configuration)) {
      status = CircuitBreakerStatus.DISABLED;
    } else if (memory.isFailed() && memory.stoppedAt() == null) {
      status = CircuitBreakerStatus.TRIGGERED;
    } else {
      status =
          memory.isCompleted() || memory.isFailed()
              ? CircuitBreakerStatus.MONITORING_COMPLETE
              : CircuitBreakerStatus.MONITORING;
    }
    return new CircuitBreakerState(status, memory.countedFailures(), threshold);
  }
}

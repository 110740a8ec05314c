package dev.berth.contracts.service;

/**
 * Whether a deployment that keeps failing is given up, and rolled back (ECS). {@code
 * resetOnHealthyTask} is true when absent.
 */
public record DeploymentCircuitBreaker(
    boolean enable,
    boolean rollback,
    Boolean resetOnHealthyTask,
    ThresholdConfiguration thresholdConfiguration) {
  /**
   * Whether a task that becomes healthy sets the count of failures back to 0; true unless false.
   */
  public boolean resetsOnHealthyTask() {
    return !Boolean.FALSE.equals(resetOnHealthyTask);
  }
}

package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.ThresholdConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
  private static DeploymentConfiguration configured(ThresholdConfiguration threshold) {
    return new DeploymentConfiguration(
        100, 200, new DeploymentCircuitBreaker(true, true, null, threshold), null, null, null);
  }

  /**
   * The table of the page "How the Amazon ECS deployment circuit breaker detects failures"
   * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html):
   * half the desired count, rounded up, at least 3 and at most 200.
   */
  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "6, 3", "7, 4", "25, 13", "400, 200", "800, 200"})
  void theDefaultThreshold(int desiredCount, int threshold) {
    assertThat(CircuitBreaker.threshold(configured(null), desiredCount)).isEqualTo(threshold);
  }

  /** The types of the page "ThresholdConfiguration" of the API reference. */
  @ParameterizedTest
  @CsvSource({
    "BOUNDED_PERCENT, 50, 25, 13",
    "BOUNDED_PERCENT, 100, 10, 10",
    "BOUNDED_PERCENT, 1, 10, 3",
    "BOUNDED_PERCENT, 100, 1000, 200",
    "UNBOUNDED_PERCENT, 100, 1000, 1000",
    "UNBOUNDED_PERCENT, 10, 10, 1",
    "UNBOUNDED_PERCENT, 1, 10, 1",
    "COUNT, 7, 1000, 7",
    "COUNT, 1, 1, 1"
  })
  void aConfiguredThreshold(String type, int value, int desiredCount, int threshold) {
    assertThat(
            CircuitBreaker.threshold(
                configured(new ThresholdConfiguration(type, value)), desiredCount))
        .isEqualTo(threshold);
  }
}

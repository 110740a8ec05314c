package dev.berth.scheduler.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contracts.service.DeploymentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The percentages, with the examples of ECS's page "DeploymentConfiguration" first
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html).
 */
class DeploymentLimitsTest {
  @ParameterizedTest
  @CsvSource({
    // desired, minimum, maximum, at least healthy, at most live
    "4, 50, 200, 2, 8",
    "4, 100, 200, 4, 8",
    "1, 100, 200, 1, 2",
    "1, 50, 100, 1, 1",
    "1, 0, 100, 0, 1",
    "2, 50, 100, 1, 2",
    "3, 50, 150, 2, 4",
    "5, 33, 110, 2, 5",
    "0, 100, 200, 0, 0",
    "10, 100, 100, 10, 10",
    "1000000, 100, 200, 1000000, 2000000",
    "30000000, 100, 200, 30000000, 60000000"
  })
  void minimumIsRoundedUpAndMaximumDown(
      int desired, int minimum, int maximum, int minHealthy, int maxLive) {
    DeploymentLimits limits =
        DeploymentLimits.replica(
            new DeploymentConfiguration(minimum, maximum, null, null, null, null), desired);

    assertThat(limits).isEqualTo(new DeploymentLimits(minHealthy, maxLive));
  }

  @Test
  void withoutAConfigurationItIsOneHundredAndTwoHundred() {
    assertThat(DeploymentLimits.replica(null, 3)).isEqualTo(new DeploymentLimits(3, 6));
    assertThat(
            DeploymentLimits.replica(
                new DeploymentConfiguration(null, null, null, null, null, null), 3))
        .isEqualTo(new DeploymentLimits(3, 6));
  }

  @Test
  void aDaemonsOldTaskStopsFirst() {
    assertThat(DeploymentLimits.daemon(null, 4)).isEqualTo(new DeploymentLimits(0, 4));
    assertThat(
            DeploymentLimits.daemon(
                new DeploymentConfiguration(50, null, null, null, null, null), 4))
        .isEqualTo(new DeploymentLimits(2, 4));
  }
}

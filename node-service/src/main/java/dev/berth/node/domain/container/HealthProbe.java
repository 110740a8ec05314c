package dev.berth.node.domain.container;

import java.util.List;

/**
 * A health check that the engine runs inside the container. The test starts with {@code CMD},
 * {@code CMD-SHELL} or {@code NONE} (which switches the image's own check off); times are in
 * seconds.
 */
public record HealthProbe(
    List<String> test, int interval, int timeout, int retries, int startPeriod) {
  public HealthProbe {
    test = List.copyOf(test);
  }
}

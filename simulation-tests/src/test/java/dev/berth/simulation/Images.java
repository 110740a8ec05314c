package dev.berth.simulation;

import dev.berth.node.domain.container.ContainerHealth;

/** What containers do, told by the names of their images. */
final class Images {
  /** Runs until it is stopped. */
  static final String GOOD = "good";

  /** Takes half a minute before it is healthy. */
  static final String SLOW = "slow";

  /** Ends soon after each start. */
  static final String CRASHING = "crashing";

  /** Runs and never gets healthy. */
  static final String SICK = "sick";

  /** No registry has it. */
  static final String MISSING = "missing";

  /** Does its work and ends well. */
  static final String JOB = "job";

  private Images() {}

  static boolean isMissing(String image) {
    return image.startsWith(MISSING);
  }

  static boolean answers(String image, long ageMillis) {
    return !image.startsWith(SICK) && !(image.startsWith(SLOW) && ageMillis < 30 * Sim.SECOND);
  }

  static void start(
      Sim sim, Life power, SimDocker docker, SimDocker.Container container, String image) {
    Dice dice = sim.dice();
    if (image.startsWith(CRASHING)) {
      sim.after(dice.between(50, 4_000), power, () -> docker.end(container, 1, false));
      return;
    }
    if (image.startsWith(JOB)) {
      sim.after(
          dice.between(Sim.SECOND, 4 * Sim.MINUTE), power, () -> docker.end(container, 0, false));
      return;
    }
    if (container.isChecked()) {
      boolean sick = image.startsWith(SICK);
      long delay =
          image.startsWith(SLOW) ? 30 * Sim.SECOND : dice.between(Sim.SECOND, 8 * Sim.SECOND);
      docker.health(container, ContainerHealth.STARTING);
      sim.after(
          sick ? 15 * Sim.SECOND : delay,
          power,
          () ->
              docker.health(container, sick ? ContainerHealth.UNHEALTHY : ContainerHealth.HEALTHY));
    }
  }
}

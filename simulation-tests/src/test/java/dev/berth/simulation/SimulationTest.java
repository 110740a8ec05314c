package dev.berth.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Clusters live through faults and changes; no rule may be broken at any moment, and once things
 * calm down each must be what its users want. See README.md for how to run more, or one seed again.
 */
class SimulationTest {
  private static final String SEED = "berth.simulation.seed";
  private static final String MINUTES = "berth.simulation.minutes";

  /** Only seeds that are known to be well: a build is red for what was changed. */
  private static final int HOURS_OF_A_BUILD = 10_000;

  /** Twice what they may take on two cores that have nothing else to do. */
  private static final int MINUTES_AT_MOST = 20;

  /** In so many hours every fault strikes, the rarest some thirty times. */
  private static final int HOURS_OF_EVERY_FAULT = 300;

  @Test
  void clustersKeepTheRulesWhateverHappensAndBecomeWhatUsersWant() throws InterruptedException {
    boolean one = !System.getProperty(SEED, "").isEmpty();
    long hours = one ? 1 : number("berth.simulation.hours", HOURS_OF_A_BUILD);
    boolean askedForTime = !System.getProperty(MINUTES, "").isEmpty();
    Campaign campaign =
        new Campaign(
            number(SEED, number("berth.simulation.from", 1)),
            one ? 1 : (int) number("berth.simulation.threads", processors()),
            hours,
            number(MINUTES, MINUTES_AT_MOST),
            (int) number("berth.simulation.failures", 1));
    campaign.run();
    assertThat(campaign.failures()).isEmpty();
    assertThat(campaign.hoursLived())
        .as("hours lived in %d minutes", MINUTES_AT_MOST)
        .isGreaterThanOrEqualTo(askedForTime ? 1 : (int) hours);
    if (campaign.hoursLived() >= HOURS_OF_EVERY_FAULT) {
      assertThat(campaign.neverDealt()).as("faults that are off").isEmpty();
    }
  }

  /** A seed would be worth nothing if what it led to depended on anything else. */
  @Test
  @DisabledIfSystemProperty(named = SEED, matches = ".+")
  void aSeedTellsTheSameStoryTwice() {
    assertThat(digest(4711)).isEqualTo(digest(4711));
    assertThat(digest(4711)).isNotEqualTo(digest(4712));
  }

  private static long digest(long seed) {
    DefectLog.install();
    World world = new World(seed);
    DefectLog.of(world.sim());
    world.live(1);
    return world.sim().story().digest() * 31 + world.sim().happened();
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static long number(String property, long otherwise) {
    String text = System.getProperty(property, "");
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }
}

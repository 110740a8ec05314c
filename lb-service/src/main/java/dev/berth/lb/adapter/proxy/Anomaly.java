package dev.berth.lb.adapter.proxy;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Anomaly mitigation of the weighted random algorithm: a target whose share of failed requests is
 * far above that of its group is passed over most of the time, and asked often enough to show that
 * it is well again.
 */
final class Anomaly {
  private static final int ENOUGH_REQUESTS = 20;
  private static final double FAR_ABOVE = 2;
  private static final double NOTABLE = 0.1;
  private static final double STILL_ASKED = 0.1;

  private Anomaly() {}

  /** Whether to pass a target over this time. */
  static boolean of(Upstream target, List<Upstream> all, ThreadLocalRandom random) {
    long requests = target.requests.sum();
    double rate = requests < ENOUGH_REQUESTS ? 0 : (double) target.errors.sum() / requests;
    if (rate < NOTABLE || all.size() < 3) {
      return false;
    }
    double others = 0;
    for (Upstream other : all) {
      long count = other.requests.sum();
      others += other == target || count == 0 ? 0 : (double) other.errors.sum() / count;
    }
    boolean anomalous = rate > FAR_ABOVE * others / (all.size() - 1);
    return anomalous && random.nextDouble() >= STILL_ASKED;
  }
}

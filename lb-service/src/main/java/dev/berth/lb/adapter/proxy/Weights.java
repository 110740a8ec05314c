package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import io.netty.handler.codec.http.HttpRequest;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses one of the target groups that an action forwards to. */
final class Weights {
  private Weights() {}

  /** The group; null when all have the weight 0 or are unknown. */
  static GroupBalancer choose(
      Action.Forward forward, Site site, HttpRequest request, long epochSeconds) {
    if (forward.groups().size() == 1) {
      Action.WeightedGroup only = forward.groups().get(0);
      return only.weight() == 0 ? null : site.group(only.targetGroupArn());
    }
    if (request != null && !forward.stickiness().isZero()) {
      long wanted = Stick.read(request, Stick.GROUP, epochSeconds);
      for (Action.WeightedGroup group : forward.groups()) {
        if (wanted != 0 && Upstream.hash(group.targetGroupArn()) == wanted) {
          GroupBalancer named = site.group(group.targetGroupArn());
          if (named != null && !named.isEmpty()) {
            return named;
          }
        }
      }
    }
    int sum = 0;
    for (Action.WeightedGroup group : forward.groups()) {
      sum += group.weight();
    }
    if (sum == 0) {
      return null;
    }
    int drawn = ThreadLocalRandom.current().nextInt(sum);
    for (Action.WeightedGroup group : forward.groups()) {
      drawn -= group.weight();
      if (drawn < 0) {
        return site.group(group.targetGroupArn());
      }
    }
    return null;
  }
}

package dev.berth.api.adapter.aws.elbv2;

import dev.berth.api.application.Page;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Pages of what is only known as a whole, such as the listeners of a load balancer. */
final class Pages {
  private Pages() {}

  /**
   * The page that a marker and a size mean.
   *
   * @param key tells one from another and gives them their order, so that a page begins where it
   *     has to although something was added or removed meanwhile
   * @throws dev.berth.api.domain.problem.ProblemException if the marker isn't one of ours, or the
   *     size isn't 1 to 400
   */
  static <T> Page<T> of(List<T> all, Function<T, String> key, String marker, Integer size) {
    Page.Request request = LoadBalancerHandlers.page(marker, size);
    return Page.of(
        all.stream()
            .filter(one -> key.apply(one).compareTo(request.after()) > 0)
            .sorted(Comparator.comparing(key))
            .limit(request.probe())
            .toList(),
        request,
        key);
  }
}

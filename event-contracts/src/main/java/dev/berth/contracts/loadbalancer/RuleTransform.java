package dev.berth.contracts.loadbalancer;

import java.util.List;

/**
 * What a rule rewrites in a request before it goes on (ELBv2: RuleTransform).
 *
 * @param type {@code host-header-rewrite} or {@code url-rewrite} (path and query string)
 * @param rewrites tried in order; the first whose expression is found is the one
 */
public record RuleTransform(String type, List<RewriteConfig> rewrites) {
  public RuleTransform {
    rewrites = rewrites == null ? List.of() : List.copyOf(rewrites);
  }
}

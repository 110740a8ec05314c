package dev.berth.api.domain.loadbalancer;

import java.util.List;

/** What a rule rewrites (ELBv2: RuleTransform), in requests and answers. */
public record Transform(String type, Rewrites hostHeaderRewriteConfig, Rewrites urlRewriteConfig) {

  /** ELBv2: HostHeaderRewriteConfig and UrlRewriteConfig. */
  public record Rewrites(List<Rewrite> rewrites) {}

  /** ELBv2: RewriteConfig. */
  public record Rewrite(String regex, String replace) {}
}

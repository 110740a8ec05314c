package dev.berth.contracts.loadbalancer;

/** What is found and what stands there instead, with {@code $1} for groups (ELBv2: Rewrite). */
public record RewriteConfig(String regex, String replace) {}

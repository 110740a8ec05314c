package dev.berth.api.domain.loadbalancer;

import java.util.Map;
import java.util.TreeMap;

/** What is limited, by the names of DescribeAccountLimits: only what Berth does limit. */
public final class LoadBalancingLimits {
  /** Listeners of one load balancer. */
  public static final int LISTENERS = 50;

  /**
   * Rules of one listener. Elastic Load Balancing's own quota is 100; what the record of a load
   * balancer can carry leaves room for more.
   */
  public static final int RULES = 1000;

  /** Certificates of one listener beside its default one. */
  public static final int CERTIFICATES = 25;

  /** Targets by hand in one target group. */
  public static final int TARGETS = 1000;

  /** Values in all conditions of one rule. */
  public static final int CONDITION_VALUES = 5;

  /** Target groups in one action. */
  public static final int TARGET_GROUPS_PER_ACTION = 5;

  private LoadBalancingLimits() {}

  /** All of them. */
  public static Map<String, Integer> all() {
    return new TreeMap<>(
        Map.of(
            "listeners-per-application-load-balancer", LISTENERS,
            "listeners-per-network-load-balancer", LISTENERS,
            "rules-per-application-load-balancer", RULES,
            "certificates-per-application-load-balancer", CERTIFICATES,
            "targets-per-application-load-balancer", TARGETS,
            "targets-per-network-load-balancer", TARGETS,
            "condition-values-per-alb-rule", CONDITION_VALUES,
            "target-groups-per-action-on-application-load-balancer", TARGET_GROUPS_PER_ACTION));
  }
}

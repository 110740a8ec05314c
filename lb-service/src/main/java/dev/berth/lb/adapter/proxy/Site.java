package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Action;
import dev.berth.lb.domain.CompiledRule;
import dev.berth.lb.domain.Condition;
import dev.berth.lb.domain.Glob;
import dev.berth.lb.domain.Listener;
import dev.berth.lb.domain.RegexEngine;
import dev.berth.lb.domain.RequestFacts;
import dev.berth.lb.domain.Rule;
import dev.berth.lb.domain.RuleIndex;
import io.netty.util.AsciiString;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A listener made ready for traffic: one of those that share a port. */
final class Site {
  private final Listener listener;
  private final RuleIndex rules;
  private final Map<String, GroupBalancer> groups = new HashMap<>();
  private final List<Glob> hosts;
  private final String dnsName;
  private final Map<String, RouteMetrics> metrics = new HashMap<>();
  private final RouteMetrics own;

  /** Makes the counters of a listener and a target group. */
  interface MetricsOf {
    RouteMetrics of(String listener, String groupArn);
  }

  /**
   * Compiles a listener.
   *
   * @throws IllegalArgumentException if an expression or a block of addresses in a rule is none
   */
  Site(
      Listener listener,
      RegexEngine regexes,
      Function<String, GroupBalancer> groupOf,
      MetricsOf metricsOf) {
    this.listener = listener;
    this.rules = RuleIndex.of(listener.rules(), regexes);
    this.dnsName = listener.dnsName() == null ? "" : listener.dnsName().toLowerCase(Locale.ROOT);
    this.hosts =
        listener.rules().stream()
            .flatMap(rule -> rule.conditions().stream())
            .filter(Condition.HostHeader.class::isInstance)
            .flatMap(condition -> ((Condition.HostHeader) condition).values().stream())
            .distinct()
            .map(value -> Glob.of(value, true))
            .toList();
    String name = listener.loadBalancer() + ":" + listener.port();
    for (Rule rule : listener.rules()) {
      if (rule.action() instanceof Action.Forward forward) {
        forward.groups().stream()
            .map(Action.WeightedGroup::targetGroupArn)
            .forEach(
                arn -> {
                  groups.computeIfAbsent(arn, groupOf);
                  metrics.computeIfAbsent(arn, group -> metricsOf.of(name, group));
                });
      }
    }
    this.own = metricsOf.of(name, "");
  }

  Listener listener() {
    return listener;
  }

  /** Whether its requests are written to an access log. */
  boolean isLogged() {
    return listener.balancer().accessLog() != null;
  }

  CompiledRule find(RequestFacts facts) {
    return rules.find(facts);
  }

  GroupBalancer group(String arn) {
    return groups.get(arn);
  }

  /** The counters of a group; those of the listener itself for null. */
  RouteMetrics metrics(GroupBalancer group) {
    return group == null ? own : metrics.getOrDefault(group.arn(), own);
  }

  /** Whether a host's name is the load balancer's own. */
  boolean isNamed(String host) {
    return !dnsName.isEmpty() && dnsName.equals(host);
  }

  /** Whether a rule asks for the host. */
  boolean asksFor(String host) {
    for (Glob name : hosts) {
      if (name.matches(host)) {
        return true;
      }
    }
    return false;
  }

  /** The name of a header that the balancer adds, as the listener wants it. */
  CharSequence requestHeader(AsciiString usual) {
    Map<String, String> renamed = listener.settings().requestHeaderNames();
    return renamed.isEmpty()
        ? usual
        : renamed.getOrDefault(usual.toString().toLowerCase(Locale.ROOT), usual.toString());
  }
}

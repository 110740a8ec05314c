package dev.berth.lb.domain;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the rule that applies to a request without asking all of them: each rule lies under what
 * its host or path must be or begin with, where it says so. The cost of a look-up grows with the
 * rules that share a host, a path's beginning, or say neither.
 */
public final class RuleIndex {
  private static final int[] NONE = {};

  private final CompiledRule[] rules;
  private final Map<String, int[]> byHost;
  private final Map<String, int[]> byPath;
  private final Map<String, int[]> byPathPrefix;
  private final int[] others;

  private RuleIndex(
      CompiledRule[] rules,
      Map<String, int[]> byHost,
      Map<String, int[]> byPath,
      Map<String, int[]> byPathPrefix,
      int[] others) {
    this.rules = rules;
    this.byHost = byHost;
    this.byPath = byPath;
    this.byPathPrefix = byPathPrefix;
    this.others = others;
  }

  /**
   * Makes an index.
   *
   * @param rules with their default rule, in any order
   * @throws IllegalArgumentException if an expression or a block of addresses in a rule is none
   */
  public static RuleIndex of(List<Rule> rules, RegexEngine regexes) {
    CompiledRule[] compiled =
        rules.stream()
            .sorted(Comparator.comparingInt(Rule::priority))
            .map(rule -> CompiledRule.of(rule, regexes))
            .toArray(CompiledRule[]::new);
    Buckets byHost = new Buckets();
    Buckets byPath = new Buckets();
    Buckets byPathPrefix = new Buckets();
    Buckets others = new Buckets();
    for (int i = 0; i < compiled.length; i++) {
      if (!underHost(compiled[i].rule(), i, byHost)
          && !underPath(compiled[i].rule(), i, byPath, byPathPrefix)) {
        others.add("", i);
      }
    }
    return new RuleIndex(
        compiled,
        byHost.done(),
        byPath.done(),
        byPathPrefix.done(),
        others.done().getOrDefault("", NONE));
  }

  /**
   * The rule that applies, or null when none does, not even a default.
   *
   * @param facts null for a flow, whose listener has a default rule only
   */
  public CompiledRule find(RequestFacts facts) {
    int best = first(others, rules.length, facts);
    if (!byHost.isEmpty()) {
      best = first(byHost.getOrDefault(facts.host(), NONE), best, facts);
    }
    if (!byPath.isEmpty()) {
      best = first(byPath.getOrDefault(facts.path(), NONE), best, facts);
    }
    if (!byPathPrefix.isEmpty()) {
      String path = facts.path();
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        best = first(byPathPrefix.getOrDefault(path.substring(0, slash + 1), NONE), best, facts);
      }
    }
    return best == rules.length ? null : rules[best];
  }

  private int first(int[] candidates, int before, RequestFacts facts) {
    for (int candidate : candidates) {
      if (candidate >= before) {
        return before;
      }
      if (rules[candidate].applies(facts)) {
        return candidate;
      }
    }
    return before;
  }

  private static boolean underHost(Rule rule, int index, Buckets byHost) {
    for (Condition condition : rule.conditions()) {
      if (condition instanceof Condition.HostHeader host
          && host.regexes().isEmpty()
          && host.values().stream().allMatch(value -> Glob.of(value, true).isExact())) {
        host.values()
            .forEach(
                v -> byHost.add(Glob.of(v, true).literalPrefix().toLowerCase(Locale.ROOT), index));
        return true;
      }
    }
    return false;
  }

  private static boolean underPath(Rule rule, int index, Buckets byPath, Buckets byPathPrefix) {
    for (Condition condition : rule.conditions()) {
      if (condition instanceof Condition.PathPattern path
          && path.regexes().isEmpty()
          && path.values().stream().allMatch(RuleIndex::beginsWithASegment)) {
        for (String value : path.values()) {
          Glob glob = Glob.of(value, false);
          String prefix = glob.literalPrefix();
          if (glob.isExact()) {
            byPath.add(prefix, index);
          } else {
            byPathPrefix.add(prefix.substring(0, prefix.lastIndexOf('/') + 1), index);
          }
        }
        return true;
      }
    }
    return false;
  }

  private static boolean beginsWithASegment(String pattern) {
    Glob glob = Glob.of(pattern, false);
    return glob.isExact() || glob.literalPrefix().indexOf('/') >= 0;
  }

  private static final class Buckets {
    private final Map<String, int[]> byKey = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    void add(String key, int index) {
      int size = sizes.getOrDefault(key, 0);
      int[] present = byKey.getOrDefault(key, new int[2]);
      if (size > 0 && present[size - 1] == index) {
        return;
      }
      int[] room = size < present.length ? present : Arrays.copyOf(present, size * 2);
      room[size] = index;
      byKey.put(key, room);
      sizes.put(key, size + 1);
    }

    Map<String, int[]> done() {
      byKey.replaceAll((key, indexes) -> Arrays.copyOf(indexes, sizes.get(key)));
      return byKey;
    }
  }
}

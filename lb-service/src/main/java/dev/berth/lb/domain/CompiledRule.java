package dev.berth.lb.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A rule made ready to be asked often.
 *
 * @param host rewrites the Host header; null when it stays
 * @param path rewrites path and query; null when they stay
 */
public record CompiledRule(
    Rule rule,
    List<Predicate<RequestFacts>> conditions,
    UnaryOperator<String> host,
    UnaryOperator<String> path) {
  public CompiledRule {
    conditions = List.copyOf(conditions);
  }

  /**
   * Compiles a rule.
   *
   * @throws IllegalArgumentException if an expression or a block of addresses in it is none
   */
  public static CompiledRule of(Rule rule, RegexEngine regexes) {
    List<Predicate<RequestFacts>> conditions = new ArrayList<>();
    for (Condition condition : rule.conditions()) {
      conditions.add(compile(condition, regexes));
    }
    UnaryOperator<String> host = null;
    UnaryOperator<String> path = null;
    for (Rule.Rewrite rewrite : rule.rewrites()) {
      UnaryOperator<String> next = regexes.rewriter(rewrite.regex(), rewrite.replacement());
      if (rewrite.ofHost()) {
        host = next;
      } else {
        path = next;
      }
    }
    return new CompiledRule(rule, conditions, host, path);
  }

  public boolean applies(RequestFacts facts) {
    for (Predicate<RequestFacts> condition : conditions) {
      if (!condition.test(facts)) {
        return false;
      }
    }
    return true;
  }

  private static Predicate<RequestFacts> compile(Condition condition, RegexEngine regexes) {
    return switch (condition) {
      case Condition.HostHeader host -> {
        Predicate<String> any = any(host.values(), host.regexes(), true, regexes);
        yield facts -> any.test(facts.host());
      }
      case Condition.PathPattern path -> {
        Predicate<String> any = any(path.values(), path.regexes(), false, regexes);
        yield facts -> any.test(facts.path());
      }
      case Condition.Method method -> facts -> method.values().contains(facts.method());
      case Condition.Header header -> {
        Predicate<String> any = any(header.values(), header.regexes(), true, regexes);
        yield facts -> facts.header(header.name()).stream().anyMatch(any);
      }
      case Condition.QueryString query -> queryString(query);
      case Condition.SourceIp source -> {
        List<Cidr> blocks = source.values().stream().map(Cidr::parse).toList();
        yield facts -> blocks.stream().anyMatch(block -> block.contains(facts.source()));
      }
    };
  }

  private static Predicate<String> any(
      List<String> values, List<String> expressions, boolean anyCase, RegexEngine regexes) {
    List<Predicate<String>> matchers = new ArrayList<>();
    values.forEach(value -> matchers.add(Glob.of(value, anyCase)::matches));
    expressions.forEach(regex -> matchers.add(regexes.finder(regex, anyCase)));
    return text -> {
      for (Predicate<String> matcher : matchers) {
        if (matcher.test(text)) {
          return true;
        }
      }
      return false;
    };
  }

  private record PairGlob(Glob key, Glob value) {}

  private static Predicate<RequestFacts> queryString(Condition.QueryString query) {
    List<PairGlob> pairs =
        query.values().stream()
            .map(
                pair ->
                    new PairGlob(
                        pair.key() == null ? null : Glob.of(pair.key(), true),
                        Glob.of(pair.value(), true)))
            .toList();
    return facts -> {
      for (String parameter : facts.query().split("&", -1)) {
        int equals = parameter.indexOf('=');
        String key = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        for (PairGlob pair : pairs) {
          if ((pair.key() == null || pair.key().matches(key)) && pair.value().matches(value)) {
            return true;
          }
        }
      }
      return false;
    };
  }
}

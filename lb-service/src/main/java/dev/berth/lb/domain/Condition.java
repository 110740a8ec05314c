package dev.berth.lb.domain;

import java.util.List;

/**
 * A condition of a rule (ELBv2: RuleCondition). It holds when one of its values matches; a rule
 * applies when all of its conditions hold.
 */
public sealed interface Condition {
  /** The Host header without its port, in any case. */
  record HostHeader(List<String> values, List<String> regexes) implements Condition {
    public HostHeader {
      values = List.copyOf(values);
      regexes = List.copyOf(regexes);
    }
  }

  /** The path without its query, in the case it has. */
  record PathPattern(List<String> values, List<String> regexes) implements Condition {
    public PathPattern {
      values = List.copyOf(values);
      regexes = List.copyOf(regexes);
    }
  }

  /** The method, in the case it has, without wildcards. */
  record Method(List<String> values) implements Condition {
    public Method {
      values = List.copyOf(values);
    }
  }

  /** Any value of the header, in any case. */
  record Header(String name, List<String> values, List<String> regexes) implements Condition {
    public Header {
      values = List.copyOf(values);
      regexes = List.copyOf(regexes);
    }
  }

  /** Any parameter of the query, in any case; a pair without a key looks at values only. */
  record QueryString(List<Pair> values) implements Condition {
    public QueryString {
      values = List.copyOf(values);
    }
  }

  /** A parameter; {@code key} may be null. */
  record Pair(String key, String value) {}

  /** The address of the connection's other end, in CIDR notation. */
  record SourceIp(List<String> values) implements Condition {
    public SourceIp {
      values = List.copyOf(values);
    }
  }
}

package dev.berth.api.domain.loadbalancer;

import java.util.List;

/**
 * A condition of a rule (ELBv2: RuleCondition), in requests and answers. {@code values} is the
 * older form of the values of host-header and path-pattern.
 */
public record Condition(
    String field,
    List<String> values,
    List<String> regexValues,
    Values hostHeaderConfig,
    Values pathPatternConfig,
    Header httpHeaderConfig,
    QueryString queryStringConfig,
    Values httpRequestMethodConfig,
    Values sourceIpConfig) {

  /** Values, or regular expressions where the field takes them. */
  public record Values(List<String> values, List<String> regexValues) {}

  /** ELBv2: HttpHeaderConditionConfig. */
  public record Header(String httpHeaderName, List<String> values, List<String> regexValues) {}

  /** ELBv2: QueryStringConditionConfig. */
  public record QueryString(List<Pair> values) {}

  /** ELBv2: QueryStringKeyValuePair. */
  public record Pair(String key, String value) {}
}

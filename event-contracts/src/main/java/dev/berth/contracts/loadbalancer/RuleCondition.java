package dev.berth.contracts.loadbalancer;

import java.util.List;

/**
 * A condition of a rule (ELBv2: RuleCondition): it holds when one of its values does.
 *
 * @param field {@code host-header}, {@code path-pattern}, {@code http-request-method}, {@code
 *     http-header}, {@code query-string} or {@code source-ip}
 * @param values with the wildcards {@code *} (any characters) and {@code ?} (exactly one) for
 *     host-header, path-pattern and http-header; the method itself, in capitals; CIDR blocks for
 *     source-ip. Empty for query-string
 * @param regexValues regular expressions instead of values (host-header, path-pattern, http-header)
 * @param httpHeaderName the header's name, case ignored (http-header)
 * @param queryStringValues pairs with the same wildcards; without a key any key will do
 *     (query-string)
 */
public record RuleCondition(
    String field,
    List<String> values,
    List<String> regexValues,
    String httpHeaderName,
    List<QueryStringKeyValue> queryStringValues) {
  public RuleCondition {
    values = values == null ? List.of() : List.copyOf(values);
    regexValues = regexValues == null ? List.of() : List.copyOf(regexValues);
    queryStringValues = queryStringValues == null ? List.of() : List.copyOf(queryStringValues);
  }
}

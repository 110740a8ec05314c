package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.QueryStringKeyValue;
import dev.berth.contracts.loadbalancer.RewriteConfig;
import dev.berth.contracts.loadbalancer.RuleCondition;
import dev.berth.contracts.loadbalancer.RuleTransform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** ELBv2's rules for the conditions and transforms of rules, and the two forms of them. */
public final class Conditions {
  private static final Set<String> FIELDS =
      Set.of(
          "host-header",
          "path-pattern",
          "http-request-method",
          "http-header",
          "query-string",
          "source-ip");
  private static final Set<String> OFTEN = Set.of("http-header", "query-string");
  private static final Set<String> WITH_REGEX =
      Set.of("host-header", "path-pattern", "http-header");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.\\-*?]{1,128}");
  private static final Pattern METHOD = Pattern.compile("[A-Z_-]{1,40}");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}");
  private static final Pattern CIDR =
      Pattern.compile(
          "(\\d{1,3}(?:\\.\\d{1,3}){3})/(\\d|[12]\\d|3[0-2])|[0-9a-fA-F:.]{2,45}/\\d{1,3}");

  private Conditions() {}

  /** Conditions as they are kept, noting what is wrong with them. */
  public static List<RuleCondition> kept(List<Condition> asked, Violations found) {
    if (asked == null || asked.isEmpty()) {
      found.add("conditions", "must have a condition");
      return List.of();
    }
    List<RuleCondition> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int values = 0;
    for (int i = 0; i < asked.size(); i++) {
      String at = "conditions[" + i + "]";
      RuleCondition condition = flat(asked.get(i));
      if (!found.present(at + ".field", condition.field())) {
        continue;
      }
      if (!FIELDS.contains(condition.field())) {
        found.oneOf(at + ".field", condition.field(), FIELDS);
        continue;
      }
      found.require(
          OFTEN.contains(condition.field()) || seen.add(condition.field()),
          at + ".field",
          "'" + condition.field() + "' may stand in a rule once");
      check(at, condition, found);
      values +=
          condition.values().size()
              + condition.regexValues().size()
              + condition.queryStringValues().size();
      kept.add(condition);
    }
    found.require(
        values <= LoadBalancingLimits.CONDITION_VALUES,
        "conditions",
        "must have at most "
            + LoadBalancingLimits.CONDITION_VALUES
            + " values in all, not "
            + values);
    return kept;
  }

  private static RuleCondition flat(Condition asked) {
    List<String> values = list(asked.values());
    List<String> regexes = list(asked.regexValues());
    Condition.Values config =
        switch (asked.field() == null ? "" : asked.field()) {
          case "host-header" -> asked.hostHeaderConfig();
          case "path-pattern" -> asked.pathPatternConfig();
          case "http-request-method" -> asked.httpRequestMethodConfig();
          case "source-ip" -> asked.sourceIpConfig();
          default -> null;
        };
    String header = null;
    if (config != null) {
      values = values.isEmpty() ? list(config.values()) : values;
      regexes = regexes.isEmpty() ? list(config.regexValues()) : regexes;
    } else if ("http-header".equals(asked.field()) && asked.httpHeaderConfig() != null) {
      header = asked.httpHeaderConfig().httpHeaderName();
      values = values.isEmpty() ? list(asked.httpHeaderConfig().values()) : values;
      regexes = regexes.isEmpty() ? list(asked.httpHeaderConfig().regexValues()) : regexes;
    }
    List<QueryStringKeyValue> pairs =
        asked.queryStringConfig() == null || asked.queryStringConfig().values() == null
            ? List.of()
            : asked.queryStringConfig().values().stream()
                .map(pair -> new QueryStringKeyValue(pair.key(), pair.value()))
                .toList();
    return new RuleCondition(asked.field(), values, regexes, header, pairs);
  }

  private static void check(String at, RuleCondition condition, Violations found) {
    boolean query = condition.field().equals("query-string");
    boolean empty = condition.values().isEmpty() && condition.regexValues().isEmpty();
    found.require(
        query ? !condition.queryStringValues().isEmpty() : !empty, at, "must have a value");
    found.require(
        condition.values().isEmpty() || condition.regexValues().isEmpty(),
        at,
        "must have values or regular expressions, not both");
    found.require(
        condition.regexValues().isEmpty() || WITH_REGEX.contains(condition.field()),
        at + ".regexValues",
        "can't stand with " + condition.field());
    condition.regexValues().forEach(regex -> regex(at + ".regexValues", regex, found));
    for (String value : condition.values()) {
      found.require(
          switch (condition.field()) {
            case "host-header" -> HOST.matcher(value).matches();
            case "path-pattern" ->
                (value.startsWith("/") || value.startsWith("*")) && value.length() <= 128;
            case "http-request-method" -> METHOD.matcher(value).matches();
            case "source-ip" -> CIDR.matcher(value).matches();
            default -> value.length() <= 128 && !value.isEmpty();
          },
          at + ".values",
          "'" + Violations.shortened(value) + "' is not a " + condition.field() + " value");
    }
    if (condition.field().equals("http-header")
        && found.present(at + ".httpHeaderConfig.httpHeaderName", condition.httpHeaderName())) {
      found.require(
          HEADER_NAME.matcher(condition.httpHeaderName()).matches(),
          at + ".httpHeaderConfig.httpHeaderName",
          "must be the name of a header, up to 40 characters");
      found.require(
          !condition.httpHeaderName().equalsIgnoreCase("host"),
          at + ".httpHeaderConfig.httpHeaderName",
          "must not be host: use a host-header condition");
    }
    for (QueryStringKeyValue pair : condition.queryStringValues()) {
      found.require(
          pair.value() != null
              && pair.value().length() <= 128
              && (pair.key() == null || pair.key().length() <= 128),
          at + ".queryStringConfig.values",
          "must have a value, and up to 128 characters in each part");
    }
  }

  /** Transforms as they are kept, noting what is wrong with them. */
  public static List<RuleTransform> transforms(List<Transform> asked, Violations found) {
    List<RuleTransform> kept = new ArrayList<>();
    List<Transform> all = asked == null ? List.of() : asked;
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      String at = "transforms[" + i + "]";
      Transform one = all.get(i);
      found.oneOf(at + ".type", one.type(), Set.of("host-header-rewrite", "url-rewrite"));
      if (!found.present(at + ".type", one.type())) {
        continue;
      }
      found.require(seen.add(one.type()), at + ".type", "may stand in a rule once");
      Transform.Rewrites config =
          one.type().equals("url-rewrite") ? one.urlRewriteConfig() : one.hostHeaderRewriteConfig();
      if (config == null || config.rewrites() == null || config.rewrites().size() != 1) {
        found.add(at, "must have one rewrite");
        continue;
      }
      Transform.Rewrite rewrite = config.rewrites().get(0);
      if (found.present(at + ".regex", rewrite.regex())) {
        regex(at + ".regex", rewrite.regex(), found);
      }
      found.present(at + ".replace", (Object) rewrite.replace());
      kept.add(
          new RuleTransform(
              one.type(), List.of(new RewriteConfig(rewrite.regex(), rewrite.replace()))));
    }
    return kept;
  }

  private static void regex(String at, String regex, Violations found) {
    try {
      Pattern.compile(regex);
      found.require(regex.length() <= 128, at, "must have up to 128 characters");
    } catch (PatternSyntaxException e) {
      found.add(at, "is not a regular expression: " + e.getDescription());
    }
  }

  /** Kept conditions as the API shows them: values of host and path in both forms. */
  public static List<Condition> shown(List<RuleCondition> kept) {
    return kept.stream().map(Conditions::shown).toList();
  }

  private static Condition shown(RuleCondition kept) {
    Condition.Values values =
        new Condition.Values(
            kept.values().isEmpty() ? null : kept.values(),
            kept.regexValues().isEmpty() ? null : kept.regexValues());
    List<String> older =
        Set.of("host-header", "path-pattern").contains(kept.field()) ? values.values() : null;
    List<String> olderRegex = older == null ? null : values.regexValues();
    return new Condition(
        kept.field(),
        older,
        olderRegex,
        kept.field().equals("host-header") ? values : null,
        kept.field().equals("path-pattern") ? values : null,
        kept.field().equals("http-header")
            ? new Condition.Header(kept.httpHeaderName(), values.values(), values.regexValues())
            : null,
        kept.field().equals("query-string")
            ? new Condition.QueryString(
                kept.queryStringValues().stream()
                    .map(pair -> new Condition.Pair(pair.key(), pair.value()))
                    .toList())
            : null,
        kept.field().equals("http-request-method") ? values : null,
        kept.field().equals("source-ip") ? values : null);
  }

  /** Kept transforms as the API shows them. */
  public static List<Transform> shownTransforms(List<RuleTransform> kept) {
    return kept.stream()
        .map(
            one -> {
              Transform.Rewrites rewrites =
                  new Transform.Rewrites(
                      one.rewrites().stream()
                          .map(each -> new Transform.Rewrite(each.regex(), each.replace()))
                          .toList());
              boolean url = one.type().equals("url-rewrite");
              return new Transform(one.type(), url ? null : rewrites, url ? rewrites : null);
            })
        .toList();
  }

  private static List<String> list(List<String> values) {
    return values == null ? List.of() : values;
  }
}

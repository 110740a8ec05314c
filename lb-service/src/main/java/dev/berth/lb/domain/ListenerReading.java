package dev.berth.lb.domain;

import dev.berth.contracts.loadbalancer.CertificateDesired;
import dev.berth.contracts.loadbalancer.ForwardConfig;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.RedirectConfig;
import dev.berth.contracts.loadbalancer.RuleCondition;
import dev.berth.contracts.loadbalancer.RuleTransform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads a listener's record into the balancer's words. */
final class ListenerReading {
  private ListenerReading() {}

  /**
   * Reads a listener.
   *
   * @throws IllegalArgumentException if it has something that no listener can have
   */
  static Listener read(LoadBalancerDesired balancer, ListenerDesired desired) {
    if (desired.port() < 1 || desired.port() > 65535) {
      throw new IllegalArgumentException("port " + desired.port() + " is not from 1 to 65535");
    }
    List<Rule> rules =
        new ArrayList<>(desired.rules().stream().map(ListenerReading::rule).toList());
    rules.add(byDefault(desired));
    return new Listener(
        desired.port(),
        desired.listenerArn(),
        balancer.loadBalancerName(),
        balancer.loadBalancerArn(),
        balancer.dnsName(),
        protocol(desired.protocol()),
        rules,
        desired.sslPolicy(),
        certificates(balancer, desired),
        alpn(desired.alpnPolicy()),
        LoadBalancerSettings.of(balancer.type(), balancer.attributes()),
        ListenerSettings.of(desired.attributes()));
  }

  static Protocol protocol(String name) {
    return name == null || name.isBlank()
        ? Protocol.HTTP
        : Protocol.valueOf(name.strip().toUpperCase(Locale.ROOT));
  }

  private static Rule byDefault(ListenerDesired desired) {
    return Rule.byDefault(
        desired.listenerArn(),
        desired.defaultActions().isEmpty()
            ? Action.Forward.to(desired.targetGroupArn())
            : action(desired.defaultActions()));
  }

  private static Rule rule(ListenerRule desired) {
    return new Rule(
        desired.ruleArn(),
        desired.priority(),
        desired.conditions().stream().map(ListenerReading::condition).toList(),
        action(desired.actions()),
        desired.transforms().stream().flatMap(t -> rewrites(t).stream()).toList());
  }

  private static List<Rule.Rewrite> rewrites(RuleTransform transform) {
    boolean ofHost = transform.type().equals("host-header-rewrite");
    return transform.rewrites().stream()
        .map(rewrite -> new Rule.Rewrite(ofHost, rewrite.regex(), rewrite.replace()))
        .toList();
  }

  private static Condition condition(RuleCondition desired) {
    return switch (desired.field()) {
      case "host-header" -> new Condition.HostHeader(desired.values(), desired.regexValues());
      case "path-pattern" -> new Condition.PathPattern(desired.values(), desired.regexValues());
      case "http-request-method" -> new Condition.Method(desired.values());
      case "http-header" ->
          new Condition.Header(desired.httpHeaderName(), desired.values(), desired.regexValues());
      case "query-string" ->
          new Condition.QueryString(
              desired.queryStringValues().stream()
                  .map(pair -> new Condition.Pair(pair.key(), pair.value()))
                  .toList());
      case "source-ip" -> new Condition.SourceIp(desired.values());
      default ->
          throw new IllegalArgumentException(
              "'" + desired.field() + "' is no field of a condition");
    };
  }

  private static Action action(List<ListenerAction> actions) {
    // The last in order is what becomes of the request; those before it only authenticate.
    ListenerAction last =
        actions.stream()
            .max(Comparator.comparingInt(a -> Objects.requireNonNullElse(a.order(), 0)))
            .orElseThrow(() -> new IllegalArgumentException("a rule needs an action"));
    return switch (last.type()) {
      case "forward" -> forward(last.forwardConfig());
      case "redirect" -> redirect(last.redirectConfig());
      case "fixed-response" ->
          new Action.FixedResponse(
              Integer.parseInt(last.fixedResponseConfig().statusCode()),
              last.fixedResponseConfig().contentType(),
              last.fixedResponseConfig().messageBody());
      default -> new Action.Unsupported(last.type());
    };
  }

  private static Action forward(ForwardConfig config) {
    var sticky = config.targetGroupStickiness();
    boolean stays = sticky != null && sticky.enabled() && sticky.durationSeconds() != null;
    return new Action.Forward(
        config.targetGroups().stream()
            .map(group -> new Action.WeightedGroup(group.targetGroupArn(), group.weight()))
            .toList(),
        stays ? Duration.ofSeconds(sticky.durationSeconds()) : Duration.ZERO);
  }

  private static Action redirect(RedirectConfig config) {
    return new Action.Redirect(
        Objects.requireNonNullElse(config.protocol(), "#{protocol}"),
        Objects.requireNonNullElse(config.host(), "#{host}"),
        Objects.requireNonNullElse(config.port(), "#{port}"),
        Objects.requireNonNullElse(config.path(), "/#{path}"),
        Objects.requireNonNullElse(config.query(), "#{query}"),
        "HTTP_301".equals(config.statusCode()) ? 301 : 302);
  }

  private static List<Certificate> certificates(
      LoadBalancerDesired balancer, ListenerDesired desired) {
    Map<String, CertificateDesired> known =
        balancer.certificates().stream()
            .collect(Collectors.toMap(CertificateDesired::certificateArn, c -> c, (a, b) -> a));
    return desired.certificates().stream()
        .sorted(Comparator.comparing(c -> !c.isDefault()))
        .map(named -> known.get(named.certificateArn()))
        .filter(Objects::nonNull)
        .map(
            c ->
                new Certificate(
                    c.certificateArn(),
                    c.certificateChain() == null
                        ? c.certificate()
                        : c.certificate().strip() + "\n" + c.certificateChain(),
                    c.encryptedPrivateKey(),
                    c.domainNames()))
        .toList();
  }

  private static List<String> alpn(List<String> policies) {
    return policies.stream()
        .flatMap(
            policy ->
                switch (policy) {
                  case "HTTP1Only" -> List.of("http/1.1", "http/1.0").stream();
                  case "HTTP2Only" -> List.of("h2").stream();
                  case "HTTP2Optional" -> List.of("http/1.1", "http/1.0", "h2").stream();
                  case "HTTP2Preferred" -> List.of("h2", "http/1.1", "http/1.0").stream();
                  default -> List.<String>of().stream();
                })
        .toList();
  }
}

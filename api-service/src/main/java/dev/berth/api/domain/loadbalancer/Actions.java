package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.FixedResponseConfig;
import dev.berth.contracts.loadbalancer.ForwardConfig;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.RedirectConfig;
import dev.berth.contracts.loadbalancer.TargetGroupStickiness;
import dev.berth.contracts.loadbalancer.TargetGroupTuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** ELBv2's rules for actions, and the two forms of them. */
public final class Actions {
  private static final int LONGEST_BODY = 1024;
  private static final Set<String> CONTENT_TYPES =
      Set.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");

  private Actions() {}

  /** The target groups that actions name, by name or ARN as they stand there. */
  public static Set<String> targetGroups(List<Action> actions) {
    Set<String> named = new LinkedHashSet<>();
    for (Action action : actions == null ? List.<Action>of() : actions) {
      if (action.targetGroupArn() != null) {
        named.add(action.targetGroupArn());
      }
      if (action.forwardConfig() != null && action.forwardConfig().targetGroups() != null) {
        action.forwardConfig().targetGroups().stream()
            .map(Action.Weighted::targetGroupArn)
            .filter(one -> one != null)
            .forEach(named::add);
      }
    }
    return named;
  }

  /** The ARNs that kept actions forward to. */
  public static Stream<String> targets(List<ListenerAction> actions) {
    return actions.stream()
        .filter(action -> action.forwardConfig() != null)
        .flatMap(action -> action.forwardConfig().targetGroups().stream())
        .map(TargetGroupTuple::targetGroupArn);
  }

  /**
   * Notes what is wrong with actions.
   *
   * @param http whether they are an application load balancer's; a network load balancer forwards
   */
  public static void check(String field, List<Action> actions, boolean http, Violations found) {
    if (actions == null || actions.isEmpty()) {
      found.add(field, "must have an action");
      return;
    }
    // ELBv2 allows more only to authenticate first.
    found.require(
        actions.size() == 1,
        field,
        "must be one action: several are for authentication, which isn't offered");
    for (int i = 0; i < actions.size(); i++) {
      check(field + "[" + i + "]", actions.get(i), http, found);
    }
  }

  private static void check(String at, Action action, boolean http, Violations found) {
    if (!found.present(at + ".type", action.type())) {
      return;
    }
    if (action.type().startsWith("authenticate-") || action.type().equals("jwt-validation")) {
      found.add(
          at + ".type",
          "'"
              + action.type()
              + "' isn't offered: Berth's load balancer authenticates nobody;"
              + " put a proxy that does behind it");
      return;
    }
    found.oneOf(
        at + ".type",
        action.type(),
        http ? Set.of("forward", "redirect", "fixed-response") : Set.of("forward"));
    found.range(at + ".order", action.order(), 1, 50_000);
    switch (action.type()) {
      case "forward" -> forward(at, action, found);
      case "redirect" -> redirect(at + ".redirectConfig", action.redirectConfig(), found);
      case "fixed-response" ->
          fixed(at + ".fixedResponseConfig", action.fixedResponseConfig(), found);
      default -> {
        // noted above
      }
    }
  }

  private static void forward(String at, Action action, Violations found) {
    Action.Forward config = action.forwardConfig();
    if (config == null) {
      found.present(at + ".targetGroupArn", action.targetGroupArn());
      return;
    }
    List<Action.Weighted> groups = config.targetGroups();
    String field = at + ".forwardConfig.targetGroups";
    if (groups == null || groups.isEmpty()) {
      found.present(at + ".targetGroupArn", action.targetGroupArn());
    } else {
      found.atMost(field, groups, LoadBalancingLimits.TARGET_GROUPS_PER_ACTION);
      Set<String> seen = new LinkedHashSet<>();
      for (int i = 0; i < groups.size(); i++) {
        if (found.present(field + "[" + i + "].targetGroupArn", groups.get(i).targetGroupArn())) {
          found.require(
              seen.add(groups.get(i).targetGroupArn()),
              field + "[" + i + "].targetGroupArn",
              "stands there twice");
        }
        found.range(field + "[" + i + "].weight", groups.get(i).weight(), 0, 999);
      }
      found.require(
          action.targetGroupArn() == null
              || (groups.size() == 1 && action.targetGroupArn().equals(seen.iterator().next())),
          at + ".targetGroupArn",
          "must be the one group of forwardConfig, or absent");
    }
    Action.Stickiness stickiness = config.targetGroupStickinessConfig();
    if (stickiness != null) {
      String sticky = at + ".forwardConfig.targetGroupStickinessConfig.durationSeconds";
      found.range(sticky, stickiness.durationSeconds(), 1, 604_800);
      found.require(
          !Boolean.TRUE.equals(stickiness.enabled()) || stickiness.durationSeconds() != null,
          sticky,
          "is required");
    }
  }

  private static void redirect(String at, Action.Redirect config, Violations found) {
    if (!found.present(at, config)) {
      return;
    }
    found.oneOf(at + ".statusCode", config.statusCode(), Set.of("HTTP_301", "HTTP_302"));
    found.present(at + ".statusCode", config.statusCode());
    found.oneOf(at + ".protocol", config.protocol(), Set.of("HTTP", "HTTPS", "#{protocol}"));
    found.require(
        config.port() == null
            || config.port().equals("#{port}")
            || (config.port().matches("[1-9]\\d{0,4}") && Integer.parseInt(config.port()) <= 65535),
        at + ".port",
        "must be 1 to 65535 or #{port}");
    found.require(
        config.path() == null || (config.path().startsWith("/") && config.path().length() <= 128),
        at + ".path",
        "must start with / and have up to 128 characters");
    found.require(
        config.query() == null || config.query().length() <= 128,
        at + ".query",
        "must have up to 128 characters");
    found.require(
        config.host() == null || (!config.host().isBlank() && config.host().length() <= 128),
        at + ".host",
        "must have 1 to 128 characters");
    found.require(
        (config.protocol() != null && !config.protocol().startsWith("#"))
            || (config.port() != null && !config.port().startsWith("#"))
            || (config.host() != null && !config.host().equals("#{host}"))
            || (config.path() != null && !config.path().equals("/#{path}")),
        at,
        "must change the protocol, the port, the host or the path: else it goes round for ever");
  }

  private static void fixed(String at, Action.FixedResponse config, Violations found) {
    if (!found.present(at, config)) {
      return;
    }
    if (found.present(at + ".statusCode", config.statusCode())) {
      found.require(
          config.statusCode().matches("[245]\\d\\d"),
          at + ".statusCode",
          "must be 2XX, 4XX or 5XX");
    }
    found.oneOf(at + ".contentType", config.contentType(), CONTENT_TYPES);
    found.require(
        config.messageBody() == null || config.messageBody().length() <= LONGEST_BODY,
        at + ".messageBody",
        "must have up to " + LONGEST_BODY + " characters");
  }

  /**
   * Checked actions as they are kept.
   *
   * @param arns the ARN of each group that {@link #targetGroups} named
   */
  public static List<ListenerAction> kept(List<Action> actions, Map<String, String> arns) {
    List<ListenerAction> kept = new ArrayList<>();
    for (Action action : actions) {
      kept.add(
          new ListenerAction(
              action.type(),
              action.order() == null ? 1 : action.order(),
              action.type().equals("forward") ? forward(action, arns) : null,
              action.type().equals("redirect") ? redirect(action.redirectConfig()) : null,
              action.type().equals("fixed-response") ? fixed(action.fixedResponseConfig()) : null));
    }
    return kept;
  }

  private static ForwardConfig forward(Action action, Map<String, String> arns) {
    Action.Forward config = action.forwardConfig();
    List<TargetGroupTuple> groups =
        config == null || config.targetGroups() == null || config.targetGroups().isEmpty()
            ? List.of(new TargetGroupTuple(arns.get(action.targetGroupArn()), 1))
            : config.targetGroups().stream()
                .map(
                    one ->
                        new TargetGroupTuple(
                            arns.get(one.targetGroupArn()),
                            one.weight() == null ? 1 : one.weight()))
                .toList();
    Action.Stickiness asked = config == null ? null : config.targetGroupStickinessConfig();
    return new ForwardConfig(
        groups,
        asked == null
            ? new TargetGroupStickiness(false, null)
            : new TargetGroupStickiness(
                Boolean.TRUE.equals(asked.enabled()), asked.durationSeconds()));
  }

  private static RedirectConfig redirect(Action.Redirect config) {
    return new RedirectConfig(
        or(config.protocol(), "#{protocol}"),
        or(config.port(), "#{port}"),
        or(config.host(), "#{host}"),
        or(config.path(), "/#{path}"),
        or(config.query(), "#{query}"),
        config.statusCode());
  }

  private static FixedResponseConfig fixed(Action.FixedResponse config) {
    return new FixedResponseConfig(
        config.messageBody(), config.statusCode(), or(config.contentType(), "text/plain"));
  }

  /** Kept actions as the API shows them. */
  public static List<Action> shown(List<ListenerAction> kept) {
    return kept.stream().map(Actions::shown).toList();
  }

  private static Action shown(ListenerAction kept) {
    ForwardConfig forward = kept.forwardConfig();
    RedirectConfig redirect = kept.redirectConfig();
    FixedResponseConfig fixed = kept.fixedResponseConfig();
    boolean one = forward != null && forward.targetGroups().size() == 1;
    return new Action(
        kept.type(),
        one ? forward.targetGroups().get(0).targetGroupArn() : null,
        kept.order(),
        forward == null
            ? null
            : new Action.Forward(
                forward.targetGroups().stream()
                    .map(group -> new Action.Weighted(group.targetGroupArn(), group.weight()))
                    .toList(),
                new Action.Stickiness(
                    forward.targetGroupStickiness() != null
                        && forward.targetGroupStickiness().enabled(),
                    forward.targetGroupStickiness() == null
                        ? null
                        : forward.targetGroupStickiness().durationSeconds())),
        redirect == null
            ? null
            : new Action.Redirect(
                redirect.protocol(),
                redirect.port(),
                redirect.host(),
                redirect.path(),
                redirect.query(),
                redirect.statusCode()),
        fixed == null
            ? null
            : new Action.FixedResponse(
                fixed.messageBody(), fixed.statusCode(), fixed.contentType()),
        null,
        null,
        null);
  }

  private static String or(String asked, String otherwise) {
    return asked == null ? otherwise : asked;
  }
}

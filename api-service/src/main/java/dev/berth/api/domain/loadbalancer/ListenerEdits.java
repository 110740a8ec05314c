package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerCertificate;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import dev.berth.contracts.loadbalancer.SslPolicies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What creating and changing make of a listener. */
public final class ListenerEdits {
  private ListenerEdits() {}

  /** A new listener of a checked request. */
  public static ListenerDesired created(
      String arn, ListenerRequest request, List<ListenerAction> actions) {
    boolean secure = ListenerRules.isSecure(request.protocol());
    return new ListenerDesired(
        arn,
        request.protocol(),
        request.port(),
        ListenerRules.onlyTarget(actions),
        secure && request.sslPolicy() == null ? SslPolicies.DEFAULT : request.sslPolicy(),
        alpn(request.alpnPolicy()),
        standard(request.certificates()),
        actions,
        List.of(),
        LoadBalancingAttributes.ofListener(request.protocol()).defaults());
  }

  /**
   * A changed listener: what the request leaves out stays, as far as the protocol has it.
   *
   * @param actions null to keep them
   */
  public static ListenerDesired changed(
      ListenerDesired old, ListenerRequest request, List<ListenerAction> actions) {
    String protocol = request.protocol() == null ? old.protocol() : request.protocol();
    boolean secure = ListenerRules.isSecure(protocol);
    List<ListenerCertificate> certificates =
        request.certificates() == null
            ? secure ? old.certificates() : List.of()
            : Stream.concat(
                    standard(request.certificates()).stream(),
                    old.certificates().stream().filter(one -> !one.isDefault()))
                .toList();
    String policy = request.sslPolicy() == null && secure ? old.sslPolicy() : request.sslPolicy();
    List<ListenerAction> does = actions == null ? old.defaultActions() : actions;
    return new ListenerDesired(
        old.listenerArn(),
        protocol,
        request.port() == null ? old.port() : request.port(),
        ListenerRules.onlyTarget(does),
        secure && policy == null ? SslPolicies.DEFAULT : policy,
        request.alpnPolicy() != null
            ? alpn(request.alpnPolicy())
            : protocol.equals("TLS") ? old.alpnPolicy() : List.of(),
        certificates,
        does,
        old.rules(),
        LoadBalancingAttributes.ofListener(protocol).effective(old.attributes()));
  }

  public static ListenerDesired withAttributes(
      ListenerDesired old, Map<String, String> attributes) {
    return copy(old, old.certificates(), old.rules(), attributes);
  }

  /** With more certificates beside the default one. */
  public static ListenerDesired withCertificates(ListenerDesired old, List<String> arns) {
    List<ListenerCertificate> all = new ArrayList<>(old.certificates());
    for (String arn : arns) {
      if (all.stream().noneMatch(one -> one.certificateArn().equals(arn))) {
        all.add(new ListenerCertificate(arn, false));
      }
    }
    return copy(old, all, old.rules(), old.attributes());
  }

  public static ListenerDesired withoutCertificates(ListenerDesired old, Set<String> arns) {
    return copy(
        old,
        old.certificates().stream()
            .filter(one -> one.isDefault() || !arns.contains(one.certificateArn()))
            .toList(),
        old.rules(),
        old.attributes());
  }

  /** With other rules, in the order of their priorities. */
  public static ListenerDesired withRules(ListenerDesired old, List<ListenerRule> rules) {
    return copy(
        old,
        old.certificates(),
        rules.stream().sorted(Comparator.comparingInt(ListenerRule::priority)).toList(),
        old.attributes());
  }

  public static Optional<ListenerRule> rule(ListenerDesired listener, String ruleArn) {
    return listener.rules().stream().filter(rule -> rule.ruleArn().equals(ruleArn)).findFirst();
  }

  private static ListenerDesired copy(
      ListenerDesired old,
      List<ListenerCertificate> certificates,
      List<ListenerRule> rules,
      Map<String, String> attributes) {
    return new ListenerDesired(
        old.listenerArn(),
        old.protocol(),
        old.port(),
        old.targetGroupArn(),
        old.sslPolicy(),
        old.alpnPolicy(),
        certificates,
        old.defaultActions(),
        rules,
        attributes);
  }

  private static List<ListenerCertificate> standard(List<ListenerRequest.Certificate> asked) {
    return asked == null
        ? List.of()
        : asked.stream().map(one -> new ListenerCertificate(one.certificateArn(), true)).toList();
  }

  private static List<String> alpn(List<String> asked) {
    return asked == null ? List.of() : asked;
  }
}

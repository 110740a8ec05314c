package dev.berth.api.application.loadbalancer;

import dev.berth.api.application.port.LoadBalancers;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.loadbalancer.ListenerDescription;
import dev.berth.api.domain.loadbalancer.ListenerEdits;
import dev.berth.api.domain.loadbalancer.LoadBalancingAttributes;
import dev.berth.api.domain.loadbalancer.RuleDescription;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.Arns;
import dev.berth.contracts.loadbalancer.ListenerCertificate;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** DescribeListeners, DescribeRules, and what a listener has beside. */
@ApplicationScoped
public class DescribeListeners {
  private final Transactions transactions;
  private final LoadBalancers loadBalancers;

  public DescribeListeners(Transactions transactions, LoadBalancers loadBalancers) {
    this.transactions = transactions;
    this.loadBalancers = loadBalancers;
  }

  /** A load balancer's listeners by port. */
  public Uni<List<ListenerDescription>> of(String loadBalancer) {
    return transactions.reading(
        () ->
            balancer(loadBalancer, DescribeLoadBalancers.missing(loadBalancer))
                .map(
                    balancer ->
                        balancer.listeners().stream()
                            .map(
                                listener ->
                                    ListenerDescription.of(balancer.loadBalancerArn(), listener))
                            .toList()));
  }

  /** Listeners by their ARNs. */
  public Uni<List<ListenerDescription>> describe(List<String> listenerArns) {
    return transactions.reading(
        () ->
            Multi.createFrom()
                .iterable(listenerArns)
                .onItem()
                .transformToUniAndConcatenate(
                    arn ->
                        balancer(arn, ChangeListeners.missing(arn))
                            .map(balancer -> ChangeListeners.described(balancer, arn)))
                .collect()
                .asList());
  }

  /** The effective attributes. */
  public Uni<Map<String, String>> attributes(String listenerArn) {
    return listener(listenerArn)
        .map(
            listener ->
                LoadBalancingAttributes.ofListener(listener.protocol())
                    .effective(listener.attributes()));
  }

  /** All certificates, the default one among them. */
  public Uni<List<ListenerCertificate>> certificates(String listenerArn) {
    return listener(listenerArn).map(ListenerDesired::certificates);
  }

  /** The rules by priority; the default one last. */
  public Uni<List<RuleDescription>> rules(String listenerArn) {
    return listener(listenerArn)
        .map(listener -> RuleDescription.of(listener, defaultRule(listener)));
  }

  /** Rules by their ARNs. */
  public Uni<List<RuleDescription>> describeRules(List<String> ruleArns) {
    return transactions.reading(
        () ->
            Multi.createFrom()
                .iterable(ruleArns)
                .onItem()
                .transformToUniAndConcatenate(
                    arn ->
                        balancer(arn, missingRule(arn)).map(balancer -> described(balancer, arn)))
                .collect()
                .asList());
  }

  static RuleDescription described(LoadBalancerDesired balancer, String ruleArn) {
    String listenerArn = listenerOf(ruleArn);
    ListenerDesired listener =
        balancer.listeners().stream()
            .filter(one -> one.listenerArn().equals(listenerArn))
            .findFirst()
            .orElseThrow(() -> missingRule(ruleArn));
    if (ruleArn.equals(defaultRule(listener))) {
      return RuleDescription.of(listener, ruleArn).getLast();
    }
    ListenerRule rule =
        ListenerEdits.rule(listener, ruleArn).orElseThrow(() -> missingRule(ruleArn));
    return RuleDescription.of(rule);
  }

  private Uni<ListenerDesired> listener(String arn) {
    return transactions.reading(
        () ->
            balancer(arn, ChangeListeners.missing(arn))
                .map(balancer -> ChangeListeners.listener(balancer, arn)));
  }

  private Uni<LoadBalancerDesired> balancer(String arnOrName, ProblemException missing) {
    return loadBalancers
        .find(DescribeLoadBalancers.nameOf(arnOrName))
        .map(
            found ->
                found
                    .filter(one -> LoadBalancerChanges.isOf(one, arnOrName))
                    .orElseThrow(() -> missing));
  }

  /** The ARN of a listener's default rule: there is always one, with the listener's own id. */
  static String defaultRule(ListenerDesired listener) {
    return Arns.listenerRule(listener.listenerArn(), Arns.shortName(listener.listenerArn()));
  }

  /** The ARN of a rule's listener. */
  static String listenerOf(String ruleArn) {
    int end = ruleArn.lastIndexOf('/');
    return end < 0 ? ruleArn : ruleArn.substring(0, end).replace(":listener-rule/", ":listener/");
  }

  static ProblemException missingRule(String ruleArn) {
    return ProblemException.notFound("RuleNotFoundException", "Rule '" + ruleArn + "' not found");
  }
}

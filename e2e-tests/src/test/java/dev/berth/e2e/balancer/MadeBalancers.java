package dev.berth.e2e.balancer;

import dev.berth.standalone.process.FreePort;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Load balancers and target groups that a story makes with the SDK, and that go with it. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
final class MadeBalancers implements AutoCloseable {
  private final ElasticLoadBalancingV2Client elb;
  private final Deque<String> balancers = new ArrayDeque<>();
  private final Deque<String> groups = new ArrayDeque<>();

  MadeBalancers(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  LoadBalancer balancer(Consumer<CreateLoadBalancerRequest.Builder> request) {
    LoadBalancer made = elb.createLoadBalancer(request).loadBalancers().getFirst();
    balancers.add(made.loadBalancerArn());
    return made;
  }

  /** A target group of port 80 whose targets are looked at often. */
  TargetGroup group(String name, Consumer<CreateTargetGroupRequest.Builder> more) {
    TargetGroup made =
        elb.createTargetGroup(
                group ->
                    group
                        .name(name)
                        .protocol("HTTP")
                        .port(80)
                        .healthCheckIntervalSeconds(5)
                        .healthCheckTimeoutSeconds(2)
                        .healthyThresholdCount(2)
                        .applyMutation(more))
            .targetGroups()
            .getFirst();
    groups.add(made.targetGroupArn());
    return made;
  }

  /** A listener of HTTP on a free port, unless something else is asked. */
  Listener listener(LoadBalancer balancer, Consumer<CreateListenerRequest.Builder> more) {
    return elb.createListener(
            listener ->
                listener
                    .loadBalancerArn(balancer.loadBalancerArn())
                    .protocol("HTTP")
                    .port(FreePort.find())
                    .applyMutation(more))
        .listeners()
        .getFirst();
  }

  Rule rule(Listener listener, int priority, Action action, RuleCondition... conditions) {
    return elb.createRule(
            rule ->
                rule.listenerArn(listener.listenerArn())
                    .priority(priority)
                    .actions(action)
                    .conditions(conditions))
        .rules()
        .getFirst();
  }

  static Action forward(TargetGroup group) {
    return Action.builder().type("forward").targetGroupArn(group.targetGroupArn()).build();
  }

  /** To two groups by their weights. */
  static Action forward(TargetGroup first, int weight, TargetGroup second, int secondWeight) {
    return Action.builder()
        .type("forward")
        .forwardConfig(
            to ->
                to.targetGroups(
                    one -> one.targetGroupArn(first.targetGroupArn()).weight(weight),
                    one -> one.targetGroupArn(second.targetGroupArn()).weight(secondWeight)))
        .build();
  }

  static Action answer(int status, String body) {
    return Action.builder()
        .type("fixed-response")
        .fixedResponseConfig(
            with ->
                with.statusCode(String.valueOf(status)).contentType("text/plain").messageBody(body))
        .build();
  }

  static RuleCondition path(String pattern) {
    return RuleCondition.builder().field("path-pattern").values(pattern).build();
  }

  /** The address of a listener by its load balancer's name. */
  static String url(LoadBalancer balancer, Listener listener) {
    String scheme = listener.protocolAsString().equals("HTTPS") ? "https" : "http";
    return scheme + "://" + balancer.dnsName() + ":" + listener.port();
  }

  /** What a story has deleted by itself is deleted again, which is no error. */
  @Override
  public void close() {
    balancers.forEach(arn -> elb.deleteLoadBalancer(delete -> delete.loadBalancerArn(arn)));
    groups.forEach(arn -> elb.deleteTargetGroup(delete -> delete.targetGroupArn(arn)));
  }
}

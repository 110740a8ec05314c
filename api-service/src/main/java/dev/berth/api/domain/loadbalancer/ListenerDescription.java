package dev.berth.api.domain.loadbalancer;

import java.util.List;

/** A listener as the API shows it (ELBv2: Listener). */
public record ListenerDescription(
    String listenerArn,
    String loadBalancerArn,
    String protocol,
    int port,
    List<Action> defaultActions) {

  /** What a listener does with a request (ELBv2: Action); {@code forward} is the only type. */
  public record Action(String type, String targetGroupArn) {}

  public static ListenerDescription of(
      Listener listener, String loadBalancerArn, String targetGroupArn) {
    return new ListenerDescription(
        listener.arn(),
        loadBalancerArn,
        listener.protocol(),
        listener.port(),
        List.of(new Action("forward", targetGroupArn)));
  }
}

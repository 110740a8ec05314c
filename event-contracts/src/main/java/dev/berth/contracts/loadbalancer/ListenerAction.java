package dev.berth.contracts.loadbalancer;

/**
 * What a listener or a rule does with a request (ELBv2: Action). One of the three members that fit
 * the type is present.
 *
 * @param type {@code forward}, {@code redirect} or {@code fixed-response}
 * @param order 1 to 50000; the last one is what happens
 */
public record ListenerAction(
    String type,
    Integer order,
    ForwardConfig forwardConfig,
    RedirectConfig redirectConfig,
    FixedResponseConfig fixedResponseConfig) {
  /** An action that sends everything to one target group. */
  public static ListenerAction forward(String targetGroupArn) {
    return new ListenerAction("forward", 1, ForwardConfig.to(targetGroupArn), null, null);
  }
}

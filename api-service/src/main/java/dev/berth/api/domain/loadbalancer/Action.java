package dev.berth.api.domain.loadbalancer;

import java.util.List;
import java.util.Map;

/**
 * What a listener or a rule does with a request (ELBv2: Action), in requests and answers.
 *
 * @param type {@code forward}, {@code redirect} or {@code fixed-response}
 * @param targetGroupArn by ARN, or by name in requests: the short form of a forward to one group
 * @param authenticateOidcConfig refused, as are the two after it: Berth authenticates nobody
 */
public record Action(
    String type,
    String targetGroupArn,
    Integer order,
    Forward forwardConfig,
    Redirect redirectConfig,
    FixedResponse fixedResponseConfig,
    Map<String, Object> authenticateOidcConfig,
    Map<String, Object> authenticateCognitoConfig,
    Map<String, Object> jwtValidationConfig) {

  /** ELBv2: ForwardActionConfig. */
  public record Forward(List<Weighted> targetGroups, Stickiness targetGroupStickinessConfig) {}

  /** ELBv2: TargetGroupTuple; the weight is 0 to 999 (1). */
  public record Weighted(String targetGroupArn, Integer weight) {}

  /** ELBv2: TargetGroupStickinessConfig; 1 to 604,800 seconds. */
  public record Stickiness(Boolean enabled, Integer durationSeconds) {}

  /** ELBv2: RedirectActionConfig. */
  public record Redirect(
      String protocol, String port, String host, String path, String query, String statusCode) {}

  /** ELBv2: FixedResponseActionConfig. */
  public record FixedResponse(String messageBody, String statusCode, String contentType) {}

  /** An action that forwards to one target group. */
  public static Action forward(String targetGroup) {
    return new Action("forward", targetGroup, null, null, null, null, null, null, null);
  }
}

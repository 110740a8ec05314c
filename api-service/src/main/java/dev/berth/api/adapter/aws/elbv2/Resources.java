package dev.berth.api.adapter.aws.elbv2;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import java.util.List;

/**
 * What policies are asked about for a call. Only the ARN of the right kind says that: a name, or
 * the ARN of something else, could get past a policy that denies.
 */
final class Resources {
  private Resources() {}

  static List<String> loadBalancer(String arn) {
    return of(arn, ":loadbalancer/", "load balancer");
  }

  static List<String> listener(String arn) {
    return of(arn, ":listener/", "listener");
  }

  static List<String> rule(String arn) {
    return of(arn, ":listener-rule/", "rule");
  }

  static List<String> targetGroup(String arn) {
    return of(arn, ":targetgroup/", "target group");
  }

  private static List<String> of(String arn, String kind, String called) {
    if (arn == null) {
      return List.of("*");
    }
    if (!arn.startsWith("arn:") || !arn.contains(kind)) {
      throw ProblemException.refused(
          "InvalidParameterException",
          "'" + Violations.shortened(arn) + "' is not a valid " + called + " ARN");
    }
    return List.of(arn);
  }
}

package dev.berth.api.domain.access;

import dev.berth.api.domain.problem.ProblemException;
import java.util.List;

/**
 * What a call needs to be allowed.
 *
 * @param action such as {@code ecs:RunTask}
 * @param resources ARNs, each of which must be allowed; {@code *} for an action on none in
 *     particular
 */
public record Permission(String action, List<String> resources) {
  public Permission {
    resources = resources.isEmpty() ? List.of("*") : List.copyOf(resources);
  }

  /**
   * Refuses whom its policy doesn't allow it.
   *
   * @throws ProblemException {@code AccessDeniedException} naming user, action and resource
   */
  public void require(Principal principal, String accountId) {
    for (String resource : resources) {
      Policy.Decision decision = principal.policy().decide(action, resource);
      if (decision != Policy.Decision.ALLOWED) {
        throw AccessError.ACCESS_DENIED.because(
            "User: %s is not authorized to perform: %s on resource: %s %s"
                .formatted(
                    principal.arn(accountId),
                    action,
                    resource,
                    decision == Policy.Decision.DENIED
                        ? "with an explicit deny in an identity-based policy"
                        : "because no identity-based policy allows the " + action + " action"));
      }
    }
  }
}

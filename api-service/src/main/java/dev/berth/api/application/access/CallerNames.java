package dev.berth.api.application.access;

import dev.berth.api.domain.problem.ProblemException;
import java.util.regex.Pattern;

/** What the makers of keys and tokens must say. */
final class CallerNames {
  private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");

  private CallerNames() {}

  /** Refuses what IAM refuses as a user name, and the administrator's. */
  static void check(String userName, PolicyDocument policy) {
    if (userName == null || !USER_NAME.matcher(userName).matches()) {
      throw ProblemException.invalid(
          "userName", "is required: 1 to 64 letters, digits and any of +=,.@_-");
    }
    if (userName.equals(Administrator.NAME)) {
      throw ProblemException.invalid("userName", "is the name of the installation's administrator");
    }
    check(policy);
  }

  static void check(PolicyDocument policy) {
    if (policy == null) {
      throw ProblemException.invalid("policy", "is required");
    }
    policy.check();
  }
}

package dev.berth.api.domain.setting;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Violations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** ECS's account settings (ECS: Access Amazon ECS features with account settings). */
public final class AccountSettings {
  /** For whom a setting holds that nobody set for themselves. */
  public static final String DEFAULT = "";

  private static final List<String> SWITCH = List.of("disabled", "enabled");
  private static final List<String> LONG_ARN = List.of("enabled", "disabled");

  /** What may be set, the first of each being what holds where nobody set anything. */
  private static final Map<String, List<String>> VALUES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("serviceLongArnFormat", LONG_ARN),
              Map.entry("taskLongArnFormat", LONG_ARN),
              Map.entry("containerInstanceLongArnFormat", LONG_ARN),
              Map.entry("awsvpcTrunking", SWITCH),
              Map.entry("containerInsights", List.of("disabled", "enabled", "enhanced")),
              Map.entry("fargateFIPSMode", SWITCH),
              Map.entry("tagResourceAuthorization", List.of("off", "on")),
              Map.entry("fargateTaskRetirementWaitPeriod", List.of("7", "0", "14")),
              Map.entry("guardDutyActivate", List.of("off", "on")),
              Map.entry("defaultLogDriverMode", List.of("non-blocking", "blocking")),
              Map.entry("fargateEventWindows", SWITCH)));

  private AccountSettings() {}

  /**
   * A setting.
   *
   * @param principal the ARN of whom it holds for, or {@link #DEFAULT}
   */
  public record AccountSetting(String name, String value, String principal) {
    /** Whether only AWS, here: nobody, can change it. */
    public boolean isManaged() {
      return "guardDutyActivate".equals(name);
    }
  }

  /** Refuses a name that ECS doesn't have. */
  public static void checkName(String name) {
    if (name == null || name.isBlank()) {
      throw ProblemException.invalid("name", "is required");
    }
    if (!VALUES.containsKey(name)) {
      throw refused("Invalid setting name: " + Violations.shortened(name));
    }
  }

  /** Refuses a name or a value that ECS doesn't have. */
  public static void check(String name, String value) {
    checkName(name);
    if (value == null || value.isBlank()) {
      throw ProblemException.invalid("value", "is required");
    }
    if (!VALUES.get(name).contains(value)) {
      throw refused(
          "Invalid setting value: "
              + Violations.shortened(value)
              + "; "
              + name
              + " takes "
              + String.join(", ", VALUES.get(name))
              + ".");
    }
    if ("guardDutyActivate".equals(name)) {
      throw refused("The setting guardDutyActivate is managed and can't be changed.");
    }
    if (name.endsWith("LongArnFormat") && "disabled".equals(value)) {
      throw refused("The long ARN format can't be turned off any more.");
    }
  }

  /**
   * What holds for a principal.
   *
   * @param set what is set for the principal and for {@link #DEFAULT}
   * @param effective with what holds by default; otherwise only what the principal's own is
   */
  public static List<AccountSetting> of(
      String principal, List<AccountSetting> set, boolean effective) {
    return VALUES.keySet().stream()
        .flatMap(
            name ->
                own(name, principal, set)
                    .or(() -> effective ? byDefault(name, principal, set) : Optional.empty())
                    .stream())
        .toList();
  }

  private static Optional<AccountSetting> own(
      String name, String principal, List<AccountSetting> set) {
    return set.stream()
        .filter(one -> one.name().equals(name) && one.principal().equals(principal))
        .findFirst();
  }

  private static Optional<AccountSetting> byDefault(
      String name, String principal, List<AccountSetting> set) {
    String value =
        own(name, DEFAULT, set)
            .map(AccountSetting::value)
            .orElseGet(() -> VALUES.get(name).getFirst());
    return Optional.of(new AccountSetting(name, value, principal));
  }

  private static ProblemException refused(String message) {
    return ProblemException.refused("InvalidParameterException", message);
  }
}

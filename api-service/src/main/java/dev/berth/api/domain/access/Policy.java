package dev.berth.api.domain.access;

import java.util.List;
import java.util.Locale;

/**
 * What a caller may do, in the terms of the IAM guide's "Policy evaluation logic": a statement that
 * denies wins over all that allow, and what no statement allows is denied.
 */
public record Policy(List<Statement> statements) {
  /** Everything. */
  public static final Policy ADMINISTRATOR =
      new Policy(List.of(new Statement(Effect.ALLOW, List.of("*"), List.of("*"))));

  /** Whether a statement allows or denies. */
  public enum Effect {
    ALLOW,
    DENY
  }

  /** What came out. */
  public enum Decision {
    ALLOWED,
    /** No statement allows it. */
    NOT_ALLOWED,
    /** A statement denies it. */
    DENIED
  }

  /**
   * One statement.
   *
   * @param actions such as {@code ecs:Describe*}, with {@code *} and {@code ?}, in any case
   * @param resources ARNs with {@code *} and {@code ?}
   */
  public record Statement(Effect effect, List<String> actions, List<String> resources) {
    public Statement {
      actions = List.copyOf(actions);
      resources = List.copyOf(resources);
    }

    private boolean isAbout(String action, String resource) {
      return actions.stream()
              .anyMatch(
                  pattern ->
                      Wildcards.cover(
                          pattern.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT)))
          && resources.stream().anyMatch(pattern -> isMeant(pattern, resource));
    }

    /** To deny, it is enough that the resource may be meant; to allow, it must be. */
    private boolean isMeant(String pattern, String resource) {
      return (effect == Effect.DENY && !resource.equals("*"))
          ? Wildcards.meet(pattern, resource)
          : Wildcards.cover(pattern, resource);
    }
  }

  public Policy {
    statements = List.copyOf(statements);
  }

  /**
   * Decides on one action on one resource.
   *
   * @param resource an ARN; a star in it stands for a part that isn't known. {@code *} alone where
   *     the action is about none in particular
   */
  public Decision decide(String action, String resource) {
    Decision decision = Decision.NOT_ALLOWED;
    for (Statement statement : statements) {
      if (statement.isAbout(action, resource)) {
        if (statement.effect() == Effect.DENY) {
          return Decision.DENIED;
        }
        decision = Decision.ALLOWED;
      }
    }
    return decision;
  }

  /** Whether nothing can come out but that it is allowed. */
  public boolean isUnrestricted() {
    return statements.stream().allMatch(statement -> statement.effect() == Effect.ALLOW)
        && statements.stream()
            .anyMatch(
                statement ->
                    statement.actions().contains("*") && statement.resources().contains("*"));
  }
}

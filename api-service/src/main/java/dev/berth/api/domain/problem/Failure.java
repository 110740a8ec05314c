package dev.berth.api.domain.problem;

/**
 * Why one of several named things isn't among the answers (ECS: Failure).
 *
 * @param arn what was named
 * @param reason ECS's code, such as {@code MISSING}
 * @param detail a sentence, or null
 */
public record Failure(String arn, String reason, String detail) {
  /** Something that doesn't exist. */
  public static Failure missing(String arn) {
    return new Failure(arn, "MISSING", null);
  }
}

package dev.berth.api.application.access;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.domain.access.Policy;
import dev.berth.api.domain.problem.FieldError;
import dev.berth.api.domain.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A policy as people write it ("IAM JSON policy elements" in the IAM guide), as far as Berth takes
 * it: Version, and statements with Sid, Effect, Action and Resource. What IAM has besides
 * (conditions, NotAction, variables) is refused, since to ignore it would allow more than was
 * meant.
 */
@RegisterForReflection
public record PolicyDocument(
    @JsonProperty("Version") String version,
    @JsonProperty("Statement") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<StatementDocument> statement) {

  /** One statement; Action and Resource may be one text or a list. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StatementDocument(
      @JsonProperty("Sid") String sid,
      @JsonProperty("Effect") String effect,
      @JsonProperty("Action") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<String> action,
      @JsonProperty("Resource") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          List<String> resource) {}

  /** Everything is allowed. */
  public static final PolicyDocument ADMINISTRATOR =
      new PolicyDocument(
          "2012-10-17", List.of(new StatementDocument(null, "Allow", List.of("*"), List.of("*"))));

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 6144;
  private static final List<String> VERSIONS = List.of("2012-10-17", "2008-10-17");
  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+");
  private static final Pattern RESOURCE =
      Pattern.compile("\\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+", Pattern.DOTALL);

  /** Reads what {@link #json()} wrote. */
  static PolicyDocument stored(String json) {
    try {
      return JSON.readValue(json, PolicyDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored policy can't be read", e);
    }
  }

  /** As it is kept. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A policy can't be written", e);
    }
  }

  /**
   * Refuses what isn't a policy, or says something that isn't taken.
   *
   * @throws ProblemException naming each member that is wrong
   */
  public void check() {
    Policy meaning = policy();
    if (meaning.statements().isEmpty()) {
      throw ProblemException.invalid("policy.Statement", "is required");
    }
  }

  /**
   * What it means.
   *
   * @throws ProblemException naming each member that is wrong
   */
  public Policy policy() {
    List<FieldError> errors = new ArrayList<>();
    if (version != null && !VERSIONS.contains(version)) {
      errors.add(new FieldError("policy.Version", "must be 2012-10-17"));
    }
    if (statement == null || statement.isEmpty()) {
      errors.add(new FieldError("policy.Statement", "is required"));
      throw ProblemException.invalid(errors);
    }
    List<Policy.Statement> statements = new ArrayList<>();
    for (int at = 0; at < statement.size(); at++) {
      StatementDocument one = statement.get(at);
      String path = "policy.Statement[" + at + "].";
      if (!"Allow".equals(one.effect()) && !"Deny".equals(one.effect())) {
        errors.add(new FieldError(path + "Effect", "must be Allow or Deny"));
      }
      check(one.action(), ACTION, path + "Action", "such as ecs:RunTask, ecs:* or *", errors);
      check(one.resource(), RESOURCE, path + "Resource", "an ARN, with * and ?, or *", errors);
      if (errors.isEmpty()) {
        statements.add(
            new Policy.Statement(
                "Allow".equals(one.effect()) ? Policy.Effect.ALLOW : Policy.Effect.DENY,
                one.action(),
                one.resource()));
      }
    }
    if (errors.isEmpty() && json().length() > LONGEST) {
      errors.add(new FieldError("policy", "must have at most " + LONGEST + " characters"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new Policy(statements);
  }

  private static void check(
      List<String> values, Pattern form, String path, String expected, List<FieldError> errors) {
    if (values == null || values.isEmpty()) {
      errors.add(new FieldError(path, "is required: " + expected));
      return;
    }
    for (String value : values) {
      if (!form.matcher(value).matches()) {
        errors.add(new FieldError(path, "must be " + expected));
      } else if (value.contains("${")) {
        errors.add(new FieldError(path, "has a policy variable, which isn't supported"));
      }
    }
  }
}

package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.domain.problem.FieldError;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param code ECS's name of the error
 * @param errors each wrong member of the request
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    List<FieldError> errors) {

  /** The media type. */
  public static final String JSON = "application/problem+json";

  static Problem of(
      HttpStatus status, String code, String detail, String instance, List<FieldError> errors) {
    return new Problem(
        code == null ? "about:blank" : "urn:berth:problem:" + code,
        status.title(),
        status.code(),
        detail,
        instance,
        code,
        errors);
  }
}

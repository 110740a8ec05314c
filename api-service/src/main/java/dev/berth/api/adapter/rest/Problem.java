package dev.berth.api.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.api.domain.problem.FieldError;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A problem document (RFC 9457). */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "A problem document (RFC 9457)")
public record Problem(
    @Schema(
            description = "Names the kind of problem",
            examples = "urn:berth:problem:InvalidParameterException")
        String type,
    @Schema(examples = "Bad Request") String title,
    @Schema(description = "The HTTP status", examples = "400") int status,
    @Schema(description = "What went wrong here, in a sentence") String detail,
    @Schema(description = "The path that was asked for", examples = "/v1/task-definitions")
        String instance,
    @Schema(description = "ECS's name of the error", examples = "InvalidParameterException")
        String code,
    @Schema(description = "Each wrong member of the request") List<FieldError> errors) {

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

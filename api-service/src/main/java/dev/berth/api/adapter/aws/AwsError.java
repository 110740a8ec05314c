package dev.berth.api.adapter.aws;

import dev.berth.api.domain.problem.FieldError;
import dev.berth.api.domain.problem.ProblemException;
import io.vertx.core.VertxException;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;

/** What a call on the AWS wire is refused with: the model's code, and the HTTP status. */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /**
   * An error.
   *
   * @param code the model's, such as {@code ClusterNotFoundException}
   * @param status the HTTP status; below 500 it is the sender's fault
   */
  public AwsError(String code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  /** A body that can't be read as the operation's input. */
  public static AwsError serialization(String message) {
    return new AwsError("SerializationException", 400, message);
  }

  /** An operation that the model doesn't have. */
  public static AwsError unknownOperation(String message) {
    return new AwsError("UnknownOperationException", 400, message);
  }

  /**
   * What a failure of the application layer, or below it, is called on the wire. Refusals keep
   * their code; all are 400 as ECS has it, a protocol may answer with another status.
   */
  public static AwsError of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case AwsError error -> {
          return error;
        }
        case ProblemException problem -> {
          return of(problem);
        }
        case ConstraintViolationException violation -> {
          return new AwsError(
              "ConflictException", 400, "Another request changed the same thing at the same time.");
        }
        case DataException refused -> {
          return of(ProblemException.unkeepable());
        }
        default -> {
          // The cause below it may be known.
        }
      }
    }
    return failure instanceof IOException
            || failure instanceof TimeoutException
            || failure instanceof VertxException
            || failure instanceof PersistenceException
        ? new AwsError("ServerException", 503, "The system of record can't be reached; try again.")
        : new AwsError("ServerException", 500, "The request failed; the service's log says why.");
  }

  private static AwsError of(ProblemException problem) {
    int status =
        switch (problem.kind()) {
          case INVALID, NOT_FOUND, CONFLICT, UNSUPPORTED, UNAUTHENTICATED, FORBIDDEN -> 400;
          case TOO_LARGE -> 413;
        };
    String message =
        problem.errors().isEmpty()
            ? problem.getMessage()
            : problem.errors().stream().map(AwsError::sentence).collect(Collectors.joining(" "));
    return new AwsError(problem.code(), status, message);
  }

  private static String sentence(FieldError error) {
    // What begins in upper case is a sentence by itself: the one that ECS has.
    String text =
        Character.isUpperCase(error.message().codePointAt(0))
            ? error.message()
            : error.field() + " " + error.message();
    return text.endsWith(".") ? text : text + ".";
  }

  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}

package dev.berth.api.domain.problem;

import java.util.List;

/** A request that can't be carried out because of what it asks. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What sort of problem it is. */
  public enum Kind {
    /** The request is wrong in itself. */
    INVALID,
    /** Something it names doesn't exist. */
    NOT_FOUND,
    /** It contradicts the present state. */
    CONFLICT,
    /** It is larger than what is taken. */
    TOO_LARGE,
    /** It doesn't tell, or not truly, who makes it. */
    UNAUTHENTICATED,
    /** Whoever makes it may not. */
    FORBIDDEN,
    /** It is known and can't be had here. */
    UNSUPPORTED
  }

  private final Kind kind;
  private final String code;
  private final transient List<FieldError> errors;

  private ProblemException(Kind kind, String code, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.kind = kind;
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  /** Wrong members; the list isn't empty. */
  public static ProblemException invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? "A member of the request is wrong: "
                + errors.getFirst().field()
                + ": "
                + errors.getFirst().message()
            : errors.size() + " members of the request are wrong.";
    return new ProblemException(Kind.INVALID, "InvalidParameterException", detail, errors);
  }

  /** Wrong members, under the code that ECS has for them. */
  public static ProblemException invalid(String code, List<FieldError> errors) {
    ProblemException plain = invalid(errors);
    return new ProblemException(Kind.INVALID, code, plain.getMessage(), errors);
  }

  /** One wrong member. */
  public static ProblemException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** A request that is wrong as a whole. */
  public static ProblemException malformed(String detail) {
    return new ProblemException(Kind.INVALID, "ClientException", detail, List.of());
  }

  /** A value that no system of record can keep, found out by asking it. */
  public static ProblemException unkeepable() {
    return malformed(
        "A value of the request can't be kept: a text must not contain the character NUL, and what"
            + " is too long or too large has no place.");
  }

  /**
   * Something that doesn't exist.
   *
   * @param code ECS's name of the error, such as {@code ClusterNotFoundException}
   */
  public static ProblemException notFound(String code, String detail) {
    return new ProblemException(Kind.NOT_FOUND, code, detail, List.of());
  }

  /**
   * Something that stands in the way.
   *
   * @param code ECS's name of the error, such as {@code ClusterContainsServicesException}
   */
  public static ProblemException conflict(String code, String detail) {
    return new ProblemException(Kind.CONFLICT, code, detail, List.of());
  }

  /** A request larger than what is taken. */
  public static ProblemException tooLarge(String detail) {
    return new ProblemException(Kind.TOO_LARGE, "ClientException", detail, List.of());
  }

  /**
   * A caller who can't be identified.
   *
   * @param code AWS's name of the error, such as {@code InvalidSignatureException}
   */
  public static ProblemException unauthenticated(String code, String detail) {
    return new ProblemException(Kind.UNAUTHENTICATED, code, detail, List.of());
  }

  /**
   * A caller who may not do this.
   *
   * @param code AWS's name of the error, such as {@code AccessDeniedException}
   */
  public static ProblemException forbidden(String code, String detail) {
    return new ProblemException(Kind.FORBIDDEN, code, detail, List.of());
  }

  /** Something that ECS has and Berth doesn't. */
  public static ProblemException unsupported(String detail) {
    return new ProblemException(Kind.UNSUPPORTED, "UnsupportedFeatureException", detail, List.of());
  }

  /**
   * A request that is wrong, with the code and the words that ECS has for it.
   *
   * @param code such as {@code InvalidParameterException} or {@code ClientException}
   */
  public static ProblemException refused(String code, String detail) {
    return new ProblemException(Kind.INVALID, code, detail, List.of());
  }

  public Kind kind() {
    return kind;
  }

  /** ECS's name of the error. */
  public String code() {
    return code;
  }

  public List<FieldError> errors() {
    return errors;
  }
}

package dev.berth.api.domain.access;

import dev.berth.api.domain.problem.ProblemException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Why a call isn't admitted, with the codes AWS's services give ("Common errors" in each API
 * reference): those of the JSON protocols, those of the Query protocol, and EC2's own.
 */
public enum AccessError {
  /** The request isn't signed. */
  MISSING_AUTHENTICATION(
      "MissingAuthenticationTokenException", "MissingAuthenticationToken", "AuthFailure", 403),
  /** The signature lacks a part, or is of a kind that isn't taken. */
  INCOMPLETE_SIGNATURE(
      "IncompleteSignatureException", "IncompleteSignature", "IncompleteSignature", 400),
  /** The access key isn't known here, or isn't active. */
  UNRECOGNIZED_CLIENT("UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure", 403),
  /** The signature isn't of this request, not of now, or not for here. */
  INVALID_SIGNATURE("InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure", 403),
  /** The caller is known, and its policy doesn't allow the action. */
  ACCESS_DENIED("AccessDeniedException", "AccessDenied", "UnauthorizedOperation", 403);

  private static final int BAD_REQUEST = 400;
  private static final int EC2_AUTH_FAILURE = 401;

  private final String jsonCode;
  private final String queryCode;
  private final String ec2Code;
  private final int queryStatus;

  AccessError(String jsonCode, String queryCode, String ec2Code, int queryStatus) {
    this.jsonCode = jsonCode;
    this.queryCode = queryCode;
    this.ec2Code = ec2Code;
    this.queryStatus = queryStatus;
  }

  /** The error of a code of the JSON protocols, which is how a {@link ProblemException} has it. */
  public static Optional<AccessError> of(String jsonCode) {
    return Arrays.stream(values()).filter(error -> error.jsonCode.equals(jsonCode)).findFirst();
  }

  /** The refusal of a call. */
  public ProblemException because(String message) {
    return this == ACCESS_DENIED
        ? ProblemException.forbidden(jsonCode, message)
        : ProblemException.unauthenticated(jsonCode, message);
  }

  /** The code in the JSON protocols, such as {@code UnrecognizedClientException}. */
  public String jsonCode() {
    return jsonCode;
  }

  /** The code in the Query protocol, such as {@code InvalidClientTokenId}. */
  public String queryCode() {
    return queryCode;
  }

  /** The code that EC2 gives, such as {@code AuthFailure}. */
  public String ec2Code() {
    return ec2Code;
  }

  /** The HTTP status in the JSON protocols. */
  public int jsonStatus() {
    return BAD_REQUEST;
  }

  /** The HTTP status in the Query protocol. */
  public int queryStatus() {
    return queryStatus;
  }

  /** The HTTP status that EC2 gives. */
  public int ec2Status() {
    return ec2Code.equals("AuthFailure") ? EC2_AUTH_FAILURE : queryStatus;
  }
}

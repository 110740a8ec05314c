package dev.berth.api.domain.access;

import dev.berth.api.domain.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must be true of a signed request before its signature is worth computing, in the order in
 * which AWS says it: that there is one signature, in the header, complete, of now, for this region
 * and service, and over everything that has a meaning.
 */
public final class SignatureRules {
  private static final Pattern IN_QUERY =
      Pattern.compile("(^|&)x-amz-(signature|algorithm|credential)=", Pattern.CASE_INSENSITIVE);
  private static final String MEANINGFUL = "x-amz-";
  private static final String GLOBAL_REGION = "us-east-1";

  /** Services that AWS has once for all regions; their clients may sign for the first region. */
  private static final Set<String> GLOBAL = Set.of("sts", "iam");

  /** A claim that is worth checking, and when it was signed. */
  public record Checked(SignatureClaim claim, SignatureTime time) {}

  private SignatureRules() {}

  /**
   * Checks all of it.
   *
   * @param services whose signature is taken, by their signing names; the first is named to who
   *     signed for another
   * @throws ProblemException naming the first thing that is wrong
   */
  public static Checked check(
      SignedRequest request, String region, List<String> services, Instant now) {
    List<String> authorizations = request.header("authorization");
    if (IN_QUERY.matcher(request.query()).find()) {
      throw AccessError.INCOMPLETE_SIGNATURE.because(
          authorizations.isEmpty()
              ? "Presigned requests aren't taken here: put the signature into the Authorization"
                  + " header."
              : "The request is signed twice: in its query string and in its Authorization header.");
    }
    if (authorizations.isEmpty() || authorizations.get(0).isBlank()) {
      throw AccessError.MISSING_AUTHENTICATION.because("Missing Authentication Token");
    }
    if (authorizations.size() > 1) {
      throw AccessError.INCOMPLETE_SIGNATURE.because(
          "The request has more than one Authorization header.");
    }
    SignatureClaim claim = SignatureClaim.parse(authorizations.get(0).strip());
    SignatureTime time = SignatureTime.of(request);
    signedParts(request, claim);
    body(request);
    time.check(claim, now);
    scope(claim, region, services);
    if (!request.header("x-amz-security-token").isEmpty()) {
      // There are no temporary credentials here, so whoever brings one is from elsewhere.
      throw unrecognized();
    }
    return new Checked(claim, time);
  }

  /** The answer to a key that isn't known, isn't active, or is from elsewhere. */
  public static ProblemException unrecognized() {
    return AccessError.UNRECOGNIZED_CLIENT.because(
        "The security token included in the request is invalid.");
  }

  private static void signedParts(SignedRequest request, SignatureClaim claim) {
    if (!claim.signedHeaders().contains("host")) {
      throw AccessError.INVALID_SIGNATURE.because(
          "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    for (SignedRequest.Header header : request.headers()) {
      if (header.name().startsWith(MEANINGFUL) && !claim.signedHeaders().contains(header.name())) {
        throw AccessError.INVALID_SIGNATURE.because(
            "There were headers present in the request which were not signed: " + header.name());
      }
    }
    if (request.header("x-amz-date").isEmpty() && !claim.signedHeaders().contains("date")) {
      throw AccessError.INVALID_SIGNATURE.because("The date of the request must be signed.");
    }
  }

  private static void body(SignedRequest request) {
    for (String digest : request.header("x-amz-content-sha256")) {
      if (!digest.strip().equals(request.bodySha256())) {
        throw AccessError.INVALID_SIGNATURE.because(
            digest.startsWith("UNSIGNED-") || digest.startsWith("STREAMING-")
                ? "The body of the request must be signed: the value of x-amz-content-sha256 must be"
                    + " its SHA-256 digest."
                : "The provided 'x-amz-content-sha256' header does not match what was computed.");
      }
    }
  }

  private static void scope(SignatureClaim claim, String region, List<String> services) {
    if (!services.contains(claim.service())) {
      throw AccessError.INVALID_SIGNATURE.because(
          "Credential should be scoped to correct service: '" + services.get(0) + "'.");
    }
    boolean global = GLOBAL.contains(claim.service()) && claim.region().equals(GLOBAL_REGION);
    if (!claim.region().equals(region) && !global) {
      throw AccessError.INVALID_SIGNATURE.because(
          "Credential should be scoped to a valid region, not '"
              + (claim.region().length() > 32 ? "..." : claim.region())
              + "'; this installation is '"
              + region
              + "'.");
    }
  }
}

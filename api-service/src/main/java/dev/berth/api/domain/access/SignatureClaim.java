package dev.berth.api.domain.access;

import dev.berth.api.domain.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an {@code Authorization} header of Signature Version 4 says ("Elements of an AWS API request
 * signature" in the IAM guide).
 *
 * @param date of the scope, as {@code yyyyMMdd}
 * @param signedHeaders lower-case names in the order given
 * @param signature 64 lower-case hexadecimal digits
 */
public record SignatureClaim(
    String accessKeyId,
    String date,
    String region,
    String service,
    List<String> signedHeaders,
    String signature) {
  /** The only algorithm that is taken. */
  public static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final String TERMINATOR = "aws4_request";
  private static final List<String> PARTS = List.of("Credential", "Signature", "SignedHeaders");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");
  private static final int SCOPE_PARTS = 5;
  private static final int LONGEST_SHOWN = 128;

  /** Whether the header claims a signature of AWS's at all. */
  public static boolean isClaimedBy(String authorization) {
    return authorization.startsWith("AWS4-") || authorization.startsWith("AWS ");
  }

  /**
   * Takes the header apart.
   *
   * @throws ProblemException if a part is missing or malformed
   */
  public static SignatureClaim parse(String authorization) {
    int space = authorization.indexOf(' ');
    String algorithm = space < 0 ? authorization : authorization.substring(0, space);
    if (!algorithm.equals(ALGORITHM)) {
      throw incomplete("Unsupported AWS 'algorithm': '" + shown(algorithm) + "'.");
    }
    Map<String, String> parts = parts(authorization.substring(ALGORITHM.length()));
    List<String> missing = new ArrayList<>();
    for (String part : PARTS) {
      if (parts.getOrDefault(part, "").isEmpty()) {
        missing.add("Authorization header requires '" + part + "' parameter.");
      }
    }
    if (!missing.isEmpty()) {
      throw incomplete(String.join(" ", missing));
    }
    String[] scope = parts.get("Credential").split("/", -1);
    if (scope.length != SCOPE_PARTS) {
      throw incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + shown(parts.get("Credential"))
              + "'");
    }
    if (!scope[4].equals(TERMINATOR)) {
      throw AccessError.INVALID_SIGNATURE.because(
          "Credential should be scoped with a valid terminator: 'aws4_request', not '"
              + shown(scope[4])
              + "'.");
    }
    if (!SIGNATURE.matcher(parts.get("Signature")).matches()) {
      throw mismatch();
    }
    List<String> signed = Arrays.asList(parts.get("SignedHeaders").split(";", -1));
    for (String name : signed) {
      if (name.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT))) {
        throw incomplete(
            "'SignedHeaders' must be lower-case names separated by semicolons, got '"
                + shown(parts.get("SignedHeaders"))
                + "'");
      }
    }
    if (signed.stream().distinct().count() != signed.size()) {
      throw incomplete("'SignedHeaders' names a header twice.");
    }
    return new SignatureClaim(
        scope[0], scope[1], scope[2], scope[3], List.copyOf(signed), parts.get("Signature"));
  }

  /** {@code date/region/service/aws4_request}. */
  public String scope() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }

  /** The answer to a signature that isn't the one of the request. */
  public static ProblemException mismatch() {
    return AccessError.INVALID_SIGNATURE.because(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  private static Map<String, String> parts(String text) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw incomplete(
            "'"
                + shown(part.strip())
                + "' not a valid key=value pair (missing equal-sign) in"
                + " Authorization header.");
      }
      if (parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip())
          != null) {
        throw incomplete("Authorization header has a parameter twice.");
      }
    }
    return parts;
  }

  private static ProblemException incomplete(String message) {
    return AccessError.INCOMPLETE_SIGNATURE.because(message);
  }

  private static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }
}

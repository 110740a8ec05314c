package dev.berth.contracts.secret;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a client signs its requests with.
 *
 * @param id 20 characters that stand in every signature; they begin with {@code BERTH}, which says
 *     that the key isn't one of AWS's
 * @param secret 40 characters of Base64
 */
public record AccessKeyPair(String id, String secret) {
  private static final String PREFIX = "BERTH";
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 20;
  private static final int SECRET_BYTES = 30;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  public static AccessKeyPair generate() {
    StringBuilder id = new StringBuilder(PREFIX);
    while (id.length() < ID_LENGTH) {
      id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    byte[] drawn = new byte[SECRET_BYTES];
    RANDOM.nextBytes(drawn);
    return new AccessKeyPair(id.toString(), Base64.getEncoder().encodeToString(drawn));
  }

  /**
   * The administrator's credentials file in the form that the AWS SDKs share, with Berth's bearer
   * token as one more member, which they don't look at.
   */
  public String credentialsFile(String region, String bearerToken) {
    return """
        # For the AWS CLI and SDKs: AWS_SHARED_CREDENTIALS_FILE names this file. berth_token is the
        # bearer token of the REST API.
        [default]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        region = %s
        berth_token = %s
        """
        .formatted(id, secret, region, bearerToken);
  }

  /** Doesn't show the secret. */
  @Override
  public String toString() {
    return "AccessKeyPair[" + id + "]";
  }
}

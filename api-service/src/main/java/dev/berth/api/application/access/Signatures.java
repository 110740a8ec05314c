package dev.berth.api.application.access;

import dev.berth.api.domain.access.CanonicalRequest;
import dev.berth.api.domain.access.SignatureClaim;
import dev.berth.api.domain.access.SignatureRules;
import dev.berth.api.domain.access.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of Signature Version 4, from the secret to the signature. */
final class Signatures {
  private static final String HMAC = "HmacSHA256";

  private Signatures() {}

  /** The key of all requests that are signed with a secret in the scope of a claim. */
  static byte[] key(SignatureClaim claim, String secret) {
    byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), claim.date());
    key = hmac(key, claim.region());
    key = hmac(key, claim.service());
    return hmac(key, "aws4_request");
  }

  /**
   * The signature, in hexadecimal digits, that a request with this claim must have.
   *
   * @param key of the claim's scope
   */
  static String of(SignedRequest request, SignatureRules.Checked checked, byte[] key) {
    SignatureClaim claim = checked.claim();
    String toSign =
        String.join(
            "\n",
            SignatureClaim.ALGORITHM,
            checked.time().text(),
            claim.scope(),
            Sha256.of(CanonicalRequest.of(request, claim.signedHeaders())));
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC with SHA-256", e);
    }
  }
}

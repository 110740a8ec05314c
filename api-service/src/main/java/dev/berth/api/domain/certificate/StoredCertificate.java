package dev.berth.api.domain.certificate;

import dev.berth.contracts.loadbalancer.CertificateDesired;
import java.time.Instant;
import java.util.List;

/**
 * A certificate as it is kept: what load balancers get, and what only the API tells (ACM:
 * CertificateDetail).
 *
 * @param serial the serial number in hexadecimal, two digits a byte
 * @param keyAlgorithm such as {@code RSA_2048} or {@code EC_prime256v1}
 * @param importedAt when it was imported last
 */
public record StoredCertificate(
    CertificateDesired desired,
    String subject,
    String issuer,
    String serial,
    String keyAlgorithm,
    String signatureAlgorithm,
    Instant createdAt,
    Instant importedAt) {

  /** Its first name, or its subject when it has none. */
  public String domainName() {
    List<String> names = desired.domainNames();
    return names.isEmpty() ? subject : names.get(0);
  }

  /** ACM's word for its state at a time. */
  public String status(Instant now) {
    if (now.isAfter(desired.notAfter())) {
      return "EXPIRED";
    }
    return "ISSUED";
  }
}

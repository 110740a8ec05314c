package dev.berth.api.domain.certificate;

import dev.berth.contracts.loadbalancer.CertificateDesired;
import java.time.Instant;
import java.util.List;

/** A certificate as the API shows it (ACM: CertificateDetail), without its key. */
public record CertificateDescription(
    String certificateArn,
    String domainName,
    List<String> subjectAlternativeNames,
    String serial,
    String subject,
    String issuer,
    Instant createdAt,
    Instant importedAt,
    String status,
    Instant notBefore,
    Instant notAfter,
    String keyAlgorithm,
    String signatureAlgorithm,
    List<String> inUseBy,
    String type,
    String renewalEligibility,
    boolean hasChain) {

  public static CertificateDescription of(
      StoredCertificate certificate, List<String> inUseBy, Instant now) {
    CertificateDesired desired = certificate.desired();
    return new CertificateDescription(
        desired.certificateArn(),
        certificate.domainName(),
        desired.domainNames(),
        certificate.serial(),
        certificate.subject(),
        certificate.issuer(),
        certificate.createdAt(),
        certificate.importedAt(),
        certificate.status(now),
        desired.notBefore(),
        desired.notAfter(),
        certificate.keyAlgorithm(),
        certificate.signatureAlgorithm(),
        inUseBy,
        "IMPORTED",
        "INELIGIBLE",
        desired.certificateChain() != null);
  }
}

package dev.berth.contracts.loadbalancer;

import java.time.Instant;
import java.util.List;

/**
 * A certificate that listeners show to clients (ACM: CertificateDetail).
 *
 * @param certificate the server's own certificate, PEM
 * @param certificateChain the certificates up to a root, PEM; absent when there are none
 * @param encryptedPrivateKey the PKCS #8 key as PEM, sealed with the installation's key: it is
 *     never in a topic in the clear
 * @param domainNames the names that it is good for, with wildcards such as {@code *.example.com}:
 *     the server name that a client asks for (SNI) is compared with them
 */
public record CertificateDesired(
    String certificateArn,
    String certificate,
    String certificateChain,
    String encryptedPrivateKey,
    List<String> domainNames,
    Instant notBefore,
    Instant notAfter) {
  public CertificateDesired {
    domainNames = domainNames == null ? List.of() : List.copyOf(domainNames);
  }
}

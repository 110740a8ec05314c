package dev.berth.api.application.certificate;

import dev.berth.api.domain.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what is imported (ACM: ImportCertificate): PEM texts of certificates and a private key. */
public final class CertificateReading {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]+)");
  private static final int DNS_NAME = 2;

  private CertificateReading() {}

  /** A certificate and the key that fits it. */
  public record Read(X509Certificate certificate, String privateKeyPem) {}

  /**
   * Reads a certificate with its key.
   *
   * @throws ProblemException if a text isn't what it should be, or the key isn't the certificate's
   */
  public static Read read(String certificatePem, String privateKeyPem) {
    List<X509Certificate> certificates = certificates("certificate", certificatePem);
    if (certificates.size() != 1) {
      throw ProblemException.invalid(
          "certificate", "must be one certificate; the others belong in certificateChain");
    }
    PrivateKey key = privateKey(privateKeyPem);
    if (!fits(key, certificates.get(0).getPublicKey())) {
      throw ProblemException.invalid("privateKey", "is not the key of the certificate");
    }
    return new Read(certificates.get(0), pem("PRIVATE KEY", key.getEncoded()));
  }

  /** Reads a chain, which may be absent. */
  public static List<X509Certificate> chain(String pem) {
    return pem == null || pem.isBlank() ? List.of() : certificates("certificateChain", pem);
  }

  private static List<X509Certificate> certificates(String field, String pem) {
    if (pem == null || pem.isBlank()) {
      throw ProblemException.invalid(field, "is required");
    }
    try {
      Collection<? extends Certificate> read =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      List<X509Certificate> certificates = new ArrayList<>();
      read.forEach(one -> certificates.add((X509Certificate) one));
      if (certificates.isEmpty()) {
        throw ProblemException.invalid(field, "is not a certificate in PEM form");
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw ProblemException.invalid(field, "is not a certificate in PEM form");
    }
  }

  private static PrivateKey privateKey(String pem) {
    Matcher matcher = PEM.matcher(pem == null ? "" : pem);
    if (!matcher.find()) {
      throw ProblemException.invalid("privateKey", "is not a private key in PEM form");
    }
    byte[] der;
    try {
      der = Base64.getMimeDecoder().decode(matcher.group(2));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("privateKey", "is not a private key in PEM form");
    }
    byte[] wrapped =
        switch (matcher.group(1)) {
          case "PRIVATE KEY" -> der;
          case "RSA PRIVATE KEY" -> Pkcs8.ofRsa(der);
          case "EC PRIVATE KEY" -> Pkcs8.ofEc(der);
          default ->
              throw ProblemException.invalid(
                  "privateKey", "must be an unencrypted RSA or EC key in PEM form");
        };
    return Stream.of("RSA", "EC")
        .map(algorithm -> privateKey(algorithm, wrapped))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> ProblemException.invalid("privateKey", "must be an RSA or EC key"));
  }

  private static Optional<PrivateKey> privateKey(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException e) {
      // Not a key of this algorithm: that is what was to be found out.
      return Optional.empty();
    }
  }

  private static boolean fits(PrivateKey key, PublicKey certified) {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    try {
      String algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
      byte[] probe = "berth".getBytes(StandardCharsets.US_ASCII);
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(probe);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(probe);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * The names that a certificate is good for: its alternative names, else its common name.
   *
   * @param subject the certificate's, as RFC 2253 writes it
   */
  public static List<String> domainNames(X509Certificate certificate, String subject) {
    Set<String> names = new LinkedHashSet<>();
    try {
      if (certificate.getSubjectAlternativeNames() != null) {
        certificate
            .getSubjectAlternativeNames()
            .forEach(
                name -> {
                  if (name.get(0).equals(DNS_NAME)) {
                    names.add(String.valueOf(name.get(1)));
                  }
                });
      }
    } catch (GeneralSecurityException e) {
      throw ProblemException.invalid("certificate", "has alternative names that can't be read");
    }
    if (names.isEmpty()) {
      Matcher common = COMMON_NAME.matcher(subject);
      if (common.find()) {
        names.add(common.group(1));
      }
    }
    return List.copyOf(names);
  }

  /** ACM's word for the kind of a key. */
  public static String keyAlgorithm(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa -> "RSA_" + rsa.getModulus().bitLength();
      case ECPublicKey ec ->
          switch (ec.getParams().getOrder().bitLength()) {
            case 256 -> "EC_prime256v1";
            case 384 -> "EC_secp384r1";
            default -> "EC_secp521r1";
          };
      default -> key.getAlgorithm();
    };
  }

  /** A serial number as ACM writes it. */
  public static String serial(BigInteger number) {
    return HexFormat.ofDelimiter(":").formatHex(number.toByteArray());
  }

  /** A PEM text. */
  public static String pem(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }
}

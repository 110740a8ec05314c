package dev.berth.e2e.balancer;

import dev.berth.e2e.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of our own, made by the JDK's keytool, and a client's trust in it alone.
 *
 * @param certificate as PEM
 * @param privateKey as PEM
 */
record OwnCertificate(String certificate, String privateKey, SSLContext trust) {
  private static final String PASSWORD = "changeit";

  /** A certificate for localhost and 127.0.0.1. */
  static OwnCertificate make(Path folder) {
    return make(folder, "localhost", "dns:localhost,ip:127.0.0.1");
  }

  /** A certificate for one name. */
  static OwnCertificate make(Path folder, String name) {
    return make(folder, name, "dns:" + name);
  }

  private static OwnCertificate make(Path folder, String name, String alternatives) {
    Path store = folder.resolve(name + ".p12");
    Commands.run(
            folder,
            Map.of(),
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + alternatives,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()))
        .orThrow();
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("it", keys.getCertificate("it"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new OwnCertificate(
          pem("CERTIFICATE", keys.getCertificate("it").getEncoded()),
          pem("PRIVATE KEY", keys.getKey("it", PASSWORD.toCharArray()).getEncoded()),
          context);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Can't read what keytool made", e);
    }
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            what);
  }
}

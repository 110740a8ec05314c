package dev.berth.benchmarks.lb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A self-signed certificate (P-256) as each proxy wants it.
 *
 * @param chain a file with the certificate, PEM
 * @param key a file with its key, PEM
 * @param combined a file with both
 */
record ServerCertificate(Path chain, Path key, Path combined) {
  private static final String PASSWORD = "changeit";

  static ServerCertificate make(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve("certificate.p12");
    String said =
        Machine.run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    if (!Files.exists(store)) {
      throw new IOException("keytool made no certificate: " + said);
    }
    KeyStore read = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      read.load(in, PASSWORD.toCharArray());
    }
    String chain = pem("CERTIFICATE", read.getCertificate("it").getEncoded());
    String key = pem("PRIVATE KEY", read.getKey("it", PASSWORD.toCharArray()).getEncoded());
    return new ServerCertificate(
        Files.writeString(folder.resolve("chain.pem"), chain),
        Files.writeString(folder.resolve("key.pem"), key),
        Files.writeString(folder.resolve("combined.pem"), chain + key));
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            what);
  }
}

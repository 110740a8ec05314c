package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Certificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Self-signed certificates made by the JDK's keytool; the "sealed" key is the key itself. */
public final class Certificates {
  private Certificates() {}

  public static Certificate of(Path folder, String name) throws Exception {
    return of(folder, name, "+0d", 30);
  }

  /** One that was good until yesterday. */
  static Certificate expired(Path folder, String name) throws Exception {
    return of(folder, name, "-10d", 9);
  }

  private static Certificate of(Path folder, String name, String start, int days) throws Exception {
    Path store = folder.resolve(name.replace('*', '_') + "-" + days + ".p12");
    Files.deleteIfExists(store);
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "it",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=dns:" + name,
        "-startdate",
        start,
        "-validity",
        Integer.toString(days),
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString());
    KeyStore read = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      read.load(in, "changeit".toCharArray());
    }
    return new Certificate(
        "arn:certificate/" + name + "/" + days,
        pem("CERTIFICATE", read.getCertificate("it").getEncoded()),
        pem("PRIVATE KEY", read.getKey("it", "changeit".toCharArray()).getEncoded()),
        List.of(name));
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            what);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}

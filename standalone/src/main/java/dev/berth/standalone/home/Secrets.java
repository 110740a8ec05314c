package dev.berth.standalone.home;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random names and secrets. */
public final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** Lower-case hexadecimal digits of that many random bytes. */
  public static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}

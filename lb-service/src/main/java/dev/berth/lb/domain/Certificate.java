package dev.berth.lb.domain;

import java.util.List;
import java.util.Locale;

/**
 * A certificate that a listener shows.
 *
 * @param chain the certificate and those up to a root, PEM
 * @param sealedKey the private key as the log has it
 */
public record Certificate(String arn, String chain, String sealedKey, List<String> names) {
  public Certificate {
    names = List.copyOf(names);
  }

  /** Whether it is good for a name; a wildcard stands for one label. */
  public boolean covers(String serverName) {
    return names.stream().anyMatch(name -> covers(name.toLowerCase(Locale.ROOT), serverName));
  }

  private static boolean covers(String name, String serverName) {
    if (!name.startsWith("*.")) {
      return name.equals(serverName);
    }
    int dot = serverName.indexOf('.');
    return dot > 0 && serverName.substring(dot).equals(name.substring(1));
  }
}

package dev.berth.contracts.loadbalancer;

import java.util.List;

/**
 * A security policy of a listener (ELBv2: SslPolicy).
 *
 * @param protocols {@code TLSv1.2} and {@code TLSv1.3}, as far as the policy has them. Berth speaks
 *     nothing older, also where the policy of that name did
 * @param ciphers by OpenSSL's names, the preferred one first
 */
public record SslPolicy(String name, List<String> protocols, List<String> ciphers) {
  public SslPolicy {
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }
}

package dev.berth.lb.adapter.proxy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a TLS listener agrees to, by the names of ELB's security policies (ELB: Security policies).
 * TLS 1.0 and 1.1 aren't spoken whatever the policy says: nothing that is kept up to date does.
 */
record SecurityPolicy(List<String> protocols, List<String> ciphers) {
  private static final List<String> TLS13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final List<String> FORWARD_SECRET_GCM =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  private static final List<String> FORWARD_SECRET_CBC =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384");
  private static final List<String> RSA =
      List.of(
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_RSA_WITH_AES_256_CBC_SHA256");

  /** What the AWS console proposes. */
  static final String DEFAULT = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

  /** Reads a policy's name; an unknown one is as strict as the default. */
  static SecurityPolicy of(String name) {
    String policy = name == null || name.isBlank() ? DEFAULT : name;
    boolean tls13 = policy.contains("TLS13");
    boolean only13 = policy.contains("TLS13-1-3");
    List<String> protocols = new ArrayList<>();
    List<String> ciphers = new ArrayList<>();
    if (tls13) {
      protocols.add("TLSv1.3");
      ciphers.addAll(TLS13);
    }
    if (!only13) {
      protocols.add("TLSv1.2");
      ciphers.addAll(FORWARD_SECRET_GCM);
      if (!policy.contains("-Res-")) {
        ciphers.addAll(FORWARD_SECRET_CBC);
        if (!policy.contains("-FS-") && (policy.contains("-Ext") || !tls13)) {
          ciphers.addAll(RSA);
        }
      }
    }
    return new SecurityPolicy(List.copyOf(protocols), List.copyOf(ciphers));
  }
}

package dev.berth.contracts.loadbalancer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The security policies that a listener can have, by ELBv2's names ("Security policies for your
 * Application Load Balancer"). What the API lists is what the load balancer offers to clients.
 */
public final class SslPolicies {
  /** What a listener has that names none, as in CreateListener. */
  public static final String DEFAULT = "ELBSecurityPolicy-2016-08";

  private static final List<String> TLS13 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final List<String> EPHEMERAL_GCM =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384");
  private static final List<String> EPHEMERAL_SHA2 =
      List.of(
          "ECDHE-ECDSA-AES128-SHA256",
          "ECDHE-RSA-AES128-SHA256",
          "ECDHE-ECDSA-AES256-SHA384",
          "ECDHE-RSA-AES256-SHA384");
  private static final List<String> EPHEMERAL_SHA1 =
      List.of(
          "ECDHE-ECDSA-AES128-SHA",
          "ECDHE-RSA-AES128-SHA",
          "ECDHE-RSA-AES256-SHA",
          "ECDHE-ECDSA-AES256-SHA");
  private static final List<String> RSA_GCM = List.of("AES128-GCM-SHA256", "AES256-GCM-SHA384");
  private static final List<String> RSA_SHA2 = List.of("AES128-SHA256", "AES256-SHA256");
  private static final List<String> RSA_SHA1 = List.of("AES128-SHA", "AES256-SHA");

  private static final List<String> OLD = List.of("TLSv1.2");
  private static final List<String> BOTH = List.of("TLSv1.2", "TLSv1.3");
  private static final List<String> NEW = List.of("TLSv1.3");

  private static final List<SslPolicy> ALL =
      List.of(
          policy(DEFAULT, OLD, List.of(anyCipher())),
          policy(
              "ELBSecurityPolicy-TLS13-1-2-2021-06",
              BOTH,
              List.of(TLS13, EPHEMERAL_GCM, EPHEMERAL_SHA2)),
          policy("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", BOTH, List.of(TLS13, EPHEMERAL_GCM)),
          policy(
              "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
              BOTH,
              List.of(TLS13, EPHEMERAL_GCM, EPHEMERAL_SHA2, RSA_GCM, RSA_SHA2)),
          policy("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", BOTH, List.of(TLS13, anyCipher())),
          policy("ELBSecurityPolicy-TLS13-1-1-2021-06", BOTH, List.of(TLS13, anyCipher())),
          policy("ELBSecurityPolicy-TLS13-1-0-2021-06", BOTH, List.of(TLS13, anyCipher())),
          policy("ELBSecurityPolicy-TLS13-1-3-2021-06", NEW, List.of(TLS13)),
          policy(
              "ELBSecurityPolicy-TLS-1-2-2017-01",
              OLD,
              List.of(EPHEMERAL_GCM, EPHEMERAL_SHA2, RSA_GCM, RSA_SHA2)),
          policy("ELBSecurityPolicy-TLS-1-1-2017-01", OLD, List.of(anyCipher())),
          policy("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", OLD, List.of(anyCipher())),
          policy(
              "ELBSecurityPolicy-FS-2018-06",
              OLD,
              List.of(EPHEMERAL_GCM, EPHEMERAL_SHA2, EPHEMERAL_SHA1)),
          policy(
              "ELBSecurityPolicy-FS-1-1-2019-08",
              OLD,
              List.of(EPHEMERAL_GCM, EPHEMERAL_SHA2, EPHEMERAL_SHA1)),
          policy(
              "ELBSecurityPolicy-FS-1-2-2019-08",
              OLD,
              List.of(EPHEMERAL_GCM, EPHEMERAL_SHA2, EPHEMERAL_SHA1)),
          policy(
              "ELBSecurityPolicy-FS-1-2-Res-2019-08", OLD, List.of(EPHEMERAL_GCM, EPHEMERAL_SHA2)),
          policy("ELBSecurityPolicy-FS-1-2-Res-2020-10", OLD, List.of(EPHEMERAL_GCM)),
          policy("ELBSecurityPolicy-2015-05", OLD, List.of(anyCipher())));

  private SslPolicies() {}

  /** All of them, the default one first. */
  public static List<SslPolicy> list() {
    return ALL;
  }

  public static Optional<SslPolicy> find(String name) {
    return ALL.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }

  private static List<String> anyCipher() {
    return Stream.of(EPHEMERAL_GCM, EPHEMERAL_SHA2, EPHEMERAL_SHA1, RSA_GCM, RSA_SHA2, RSA_SHA1)
        .flatMap(List::stream)
        .toList();
  }

  private static SslPolicy policy(String name, List<String> protocols, List<List<String>> ciphers) {
    return new SslPolicy(name, protocols, ciphers.stream().flatMap(List::stream).toList());
  }
}

package dev.berth.lb.adapter.proxy;

import dev.berth.contracts.loadbalancer.SslPolicies;
import dev.berth.contracts.loadbalancer.SslPolicy;
import java.util.List;

/**
 * What a TLS listener agrees to, by the names of ELB's security policies (ELB: Security policies):
 * what {@link SslPolicies} says and the API lists, in the data plane's words. TLS 1.0 and 1.1
 * aren't spoken whatever the policy's name says: nothing that is kept up to date does.
 *
 * @param ciphers by their names in the registry of TLS, the preferred one first
 */
record SecurityPolicy(List<String> protocols, List<String> ciphers) {
  /** What the AWS console proposes. */
  private static final String PROPOSED = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06";

  /** Reads a policy's name; none, or an unknown one, means what the AWS console proposes. */
  static SecurityPolicy of(String name) {
    SslPolicy policy = SslPolicies.find(name).or(() -> SslPolicies.find(PROPOSED)).orElseThrow();
    return new SecurityPolicy(
        policy.protocols(), policy.ciphers().stream().map(SecurityPolicy::registered).toList());
  }

  /** What OpenSSL, and ELB with it, calls a cipher suite that has a registered name. */
  static String openSsl(String registered) {
    int with = registered.indexOf("_WITH_");
    if (with < 0) {
      return registered;
    }
    String exchange = registered.substring("TLS_".length(), with).replace('_', '-');
    String cipher =
        registered
            .substring(with + "_WITH_".length())
            .replace("AES_128", "AES128")
            .replace("AES_256", "AES256")
            .replace("_CBC", "")
            .replace('_', '-');
    return exchange.equals("RSA") ? cipher : exchange + "-" + cipher;
  }

  /**
   * {@code ECDHE-RSA-AES128-GCM-SHA256} is OpenSSL's name; those of TLS 1.3 are the same to both.
   */
  private static String registered(String openSsl) {
    if (openSsl.startsWith("TLS_")) {
      return openSsl;
    }
    boolean ephemeral = openSsl.startsWith("ECDHE-");
    String exchange = ephemeral ? openSsl.substring(0, openSsl.indexOf("-AES")) : "RSA";
    String rest = ephemeral ? openSsl.substring(exchange.length() + 1) : openSsl;
    String cipher = rest.replace("AES128", "AES_128").replace("AES256", "AES_256");
    // OpenSSL doesn't name the mode where it is CBC.
    String mode = cipher.contains("GCM") ? cipher : cipher.replaceFirst("-SHA", "-CBC-SHA");
    return "TLS_" + exchange.replace('-', '_') + "_WITH_" + mode.replace('-', '_');
  }
}

package dev.berth.contracts.loadbalancer;

import java.util.List;
import java.util.Map;

/**
 * A listener (ELBv2: Listener). Several load balancers may have one on the same port when the
 * protocol tells whose a request is: by the host's name (HTTP) or the server name (HTTPS, TLS).
 *
 * @param protocol {@code HTTP}, {@code HTTPS}, {@code TCP}, {@code TLS}, {@code UDP} or {@code
 *     TCP_UDP}
 * @param targetGroupArn where everything goes that no rule takes, when the default action is to
 *     forward to one group; else absent: {@code defaultActions} says it in every case
 * @param sslPolicy the name of a policy of DescribeSSLPolicies (HTTPS, TLS)
 * @param alpnPolicy none or one of {@code HTTP1Only}, {@code HTTP2Only}, {@code HTTP2Optional},
 *     {@code HTTP2Preferred}, {@code None} (TLS)
 * @param defaultActions what to do when no rule applies, in order; absent in old records, which
 *     have a target group
 * @param rules without the default one, the lowest priority's number first: the first whose
 *     conditions all hold is the one
 * @param attributes by ELBv2's names (ListenerAttribute), such as {@code
 *     routing.http.response.server.enabled}, each with its effective value
 */
public record ListenerDesired(
    String listenerArn,
    String protocol,
    int port,
    String targetGroupArn,
    String sslPolicy,
    List<String> alpnPolicy,
    List<ListenerCertificate> certificates,
    List<ListenerAction> defaultActions,
    List<ListenerRule> rules,
    Map<String, String> attributes) {
  public ListenerDesired {
    alpnPolicy = alpnPolicy == null ? List.of() : List.copyOf(alpnPolicy);
    certificates = certificates == null ? List.of() : List.copyOf(certificates);
    defaultActions = defaultActions == null ? List.of() : List.copyOf(defaultActions);
    rules = rules == null ? List.of() : List.copyOf(rules);
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
  }
}

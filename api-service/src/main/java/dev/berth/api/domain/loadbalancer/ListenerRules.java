package dev.berth.api.domain.loadbalancer;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.SslPolicies;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** ELBv2's rules for listeners. */
public final class ListenerRules {
  private static final Set<String> WITH_CERTIFICATE = Set.of("HTTPS", "TLS");
  private static final Set<String> HTTP = Set.of("HTTP", "HTTPS");
  private static final Set<String> NETWORK = Set.of("TCP", "TLS", "UDP", "TCP_UDP");
  private static final Set<String> ALPN =
      Set.of("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None");

  private ListenerRules() {}

  /** What is wrong with a request, whether it creates or changes a listener. */
  public static Violations check(ListenerRequest request, boolean http) {
    Violations found = new Violations();
    found.oneOf("protocol", request.protocol(), http ? HTTP : NETWORK);
    found.range("port", request.port(), 1, 65535);
    found.require(
        request.mutualAuthentication() == null
            || request.mutualAuthentication().mode() == null
            || request.mutualAuthentication().mode().equals("off"),
        "mutualAuthentication.mode",
        "must be off: clients' certificates aren't verified");
    found.require(
        request.alpnPolicy() == null
            || (request.alpnPolicy().size() <= 1 && ALPN.containsAll(request.alpnPolicy())),
        "alpnPolicy",
        "must be one of " + String.join(", ", ALPN.stream().sorted().toList()));
    if (request.certificates() != null) {
      for (int i = 0; i < request.certificates().size(); i++) {
        found.present(
            "certificates[" + i + "].certificateArn",
            request.certificates().get(i).certificateArn());
      }
      found.require(
          request.certificates().size() <= 1,
          "certificates",
          "must be the one default certificate; add others with AddListenerCertificates");
    }
    if (request.sslPolicy() != null && SslPolicies.find(request.sslPolicy()).isEmpty()) {
      throw ProblemException.notFound(
          "SSLPolicyNotFoundException", "There is no SSL policy " + request.sslPolicy() + ".");
    }
    if (request.defaultActions() != null) {
      Actions.check("defaultActions", request.defaultActions(), http, found);
    }
    Tags.check("tags", request.tags(), found);
    return found;
  }

  /** What is wrong with a listener as a whole. */
  public static void check(ListenerDesired listener, Violations found) {
    boolean secure = WITH_CERTIFICATE.contains(listener.protocol());
    if (secure && listener.certificates().isEmpty()) {
      throw ProblemException.conflict(
          "CertificateNotFoundException",
          "A listener of protocol " + listener.protocol() + " needs a certificate.");
    }
    found.require(
        secure || listener.certificates().isEmpty(),
        "certificates",
        "can't stand with protocol " + listener.protocol());
    found.require(
        secure || listener.sslPolicy() == null,
        "sslPolicy",
        "can't stand with protocol " + listener.protocol());
    found.require(
        listener.protocol().equals("TLS") || listener.alpnPolicy().isEmpty(),
        "alpnPolicy",
        "can't stand with protocol " + listener.protocol());
  }

  /** Refuses target groups whose protocol a listener can't forward to. */
  public static void fitting(String listenerProtocol, Collection<TargetGroupDesired> groups) {
    for (TargetGroupDesired group : groups) {
      Set<String> takes =
          switch (listenerProtocol) {
            case "HTTP", "HTTPS" -> HTTP;
            case "TCP" -> Set.of("TCP", "TCP_UDP");
            case "TLS" -> Set.of("TCP", "TLS");
            case "UDP" -> Set.of("UDP", "TCP_UDP");
            default -> Set.of("TCP_UDP");
          };
      if (!takes.contains(group.protocol())) {
        throw ProblemException.conflict(
            "IncompatibleProtocolsException",
            "A "
                + listenerProtocol
                + " listener can't forward to target group "
                + group.targetGroupName()
                + " of protocol "
                + group.protocol()
                + ".");
      }
    }
  }

  /**
   * Whether two listeners can share a port: what comes there must tell whose it is, by the host's
   * name or the server name, or come by the other transport.
   */
  public static boolean canShare(String protocol, String other) {
    boolean datagrams = protocol.contains("UDP") && other.contains("UDP");
    boolean streams = !protocol.equals("UDP") && !other.equals("UDP");
    if (!datagrams && !streams) {
      return true;
    }
    return protocol.equals("HTTP")
        ? other.equals("HTTP")
        : WITH_CERTIFICATE.contains(protocol) && protocol.equals(other);
  }

  /** Refuses another rule of a priority: one more than there can be, or a second of the same. */
  public static void addable(ListenerDesired listener, int priority) {
    if (listener.rules().size() >= LoadBalancingLimits.RULES) {
      throw ProblemException.conflict(
          "TooManyRulesException",
          "A listener has at most " + LoadBalancingLimits.RULES + " rules");
    }
    if (listener.rules().stream().anyMatch(rule -> rule.priority() == priority)) {
      throw inUse(priority);
    }
  }

  /** The refusal of a priority that another rule has. */
  public static ProblemException inUse(int priority) {
    return ProblemException.conflict(
        "PriorityInUseException", "Priority '" + priority + "' is currently in use");
  }

  /** Whether a protocol shows clients a certificate. */
  public static boolean isSecure(String protocol) {
    return WITH_CERTIFICATE.contains(protocol);
  }

  /** The one group that everything goes to, for readers of the member that came first. */
  public static String onlyTarget(List<ListenerAction> actions) {
    List<String> targets = Actions.targets(actions).toList();
    return targets.size() == 1 ? targets.get(0) : null;
  }
}

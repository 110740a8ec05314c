package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.loadbalancer.ListenerCertificate;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import java.util.List;

/** A listener as the API shows it (ELBv2: Listener), with its default certificate only. */
public record ListenerDescription(
    String listenerArn,
    String loadBalancerArn,
    String protocol,
    int port,
    List<ListenerRequest.Certificate> certificates,
    String sslPolicy,
    List<Action> defaultActions,
    List<String> alpnPolicy,
    ListenerRequest.MutualAuthentication mutualAuthentication) {

  public static ListenerDescription of(String loadBalancerArn, ListenerDesired listener) {
    return new ListenerDescription(
        listener.listenerArn(),
        loadBalancerArn,
        listener.protocol(),
        listener.port(),
        listener.certificates().stream()
            .filter(ListenerCertificate::isDefault)
            .map(one -> new ListenerRequest.Certificate(one.certificateArn(), null))
            .toList(),
        listener.sslPolicy(),
        Actions.shown(listener.defaultActions()),
        listener.alpnPolicy(),
        listener.protocol().equals("HTTPS")
            ? new ListenerRequest.MutualAuthentication("off", null, null, null, null)
            : null);
  }
}

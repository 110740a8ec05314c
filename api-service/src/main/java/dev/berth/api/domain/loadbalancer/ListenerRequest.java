package dev.berth.api.domain.loadbalancer;

import dev.berth.contracts.taskdef.Tag;
import java.util.List;

/**
 * A listener to create or change (ELBv2: CreateListener, ModifyListener).
 *
 * @param mutualAuthentication only {@code off}: clients' certificates aren't verified
 */
public record ListenerRequest(
    String protocol,
    Integer port,
    String sslPolicy,
    List<Certificate> certificates,
    List<Action> defaultActions,
    List<String> alpnPolicy,
    List<Tag> tags,
    MutualAuthentication mutualAuthentication) {

  /** ELBv2: Certificate. */
  public record Certificate(String certificateArn, Boolean isDefault) {}

  /** ELBv2: MutualAuthenticationAttributes. */
  public record MutualAuthentication(
      String mode,
      String trustStoreArn,
      Boolean ignoreClientCertificateExpiry,
      String trustStoreAssociationStatus,
      String advertiseTrustStoreCaNames) {}
}

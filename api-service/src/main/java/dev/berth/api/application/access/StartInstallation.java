package dev.berth.api.application.access;

import dev.berth.api.application.cluster.CreateCluster;
import dev.berth.api.application.port.ApiTokens;
import dev.berth.api.application.port.ApiTokens.ApiToken;
import dev.berth.api.application.port.Installation;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.cluster.ClusterRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What every start makes sure of: the database belongs to this installation, the administrator's
 * token is the one configured, and the cluster {@code default} exists.
 */
@ApplicationScoped
public class StartInstallation {
  private static final String ADMINISTRATOR = "administrator";

  private final Transactions transactions;
  private final Installation installation;
  private final ApiTokens tokens;
  private final Authentication authentication;
  private final CreateCluster createCluster;
  private final Identity identity;

  public StartInstallation(
      Transactions transactions,
      Installation installation,
      ApiTokens tokens,
      Authentication authentication,
      CreateCluster createCluster,
      Identity identity) {
    this.transactions = transactions;
    this.installation = installation;
    this.tokens = tokens;
    this.authentication = authentication;
    this.createCluster = createCluster;
    this.identity = identity;
  }

  /**
   * Starts.
   *
   * @throws IllegalStateException (as a failure) if the database is another installation's
   */
  public Uni<Void> start(String administratorToken) {
    return transactions
        .inTransaction(
            () ->
                installation
                    .claim(identity.installationId())
                    .invoke(this::refuseStranger)
                    .call(
                        () ->
                            tokens.put(
                                new ApiToken(
                                    ADMINISTRATOR, ADMINISTRATOR, Sha256.of(administratorToken)))))
        .chain(() -> createCluster.create(ClusterRequest.named("default")))
        .chain(authentication::read);
  }

  private void refuseStranger(String owner) {
    if (!owner.equals(identity.installationId())) {
      throw new IllegalStateException(
          "The database belongs to installation "
              + owner
              + ", but berth.installation-id is "
              + identity.installationId());
    }
  }
}

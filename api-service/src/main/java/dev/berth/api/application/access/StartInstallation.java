package dev.berth.api.application.access;

import dev.berth.api.application.cluster.CreateCluster;
import dev.berth.api.application.port.AccessKeys;
import dev.berth.api.application.port.AccessKeys.AccessKey;
import dev.berth.api.application.port.ApiTokens;
import dev.berth.api.application.port.ApiTokens.ApiToken;
import dev.berth.api.application.port.Installation;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.cluster.ClusterRequest;
import dev.berth.contracts.secret.InstallationKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/**
 * What every start makes sure of: the database belongs to this installation, the administrator's
 * token and access key are the ones configured, and the cluster {@code default} exists.
 */
@ApplicationScoped
public class StartInstallation {
  private final Transactions transactions;
  private final Installation installation;
  private final ApiTokens tokens;
  private final AccessKeys keys;
  private final InstallationKey installationKey;
  private final InstantSource clock;
  private final Authentication authentication;
  private final CreateCluster createCluster;
  private final Identity identity;

  public StartInstallation(
      Transactions transactions,
      Installation installation,
      ApiTokens tokens,
      AccessKeys keys,
      InstallationKey installationKey,
      InstantSource clock,
      Authentication authentication,
      CreateCluster createCluster,
      Identity identity) {
    this.transactions = transactions;
    this.installation = installation;
    this.tokens = tokens;
    this.keys = keys;
    this.installationKey = installationKey;
    this.clock = clock;
    this.authentication = authentication;
    this.createCluster = createCluster;
    this.identity = identity;
  }

  /**
   * Starts.
   *
   * @throws IllegalStateException (as a failure) if the database is another installation's
   */
  public Uni<Void> start(Administrator administrator) {
    return transactions
        .inTransaction(
            () ->
                installation
                    .claim(identity.installationId())
                    .invoke(this::refuseStranger)
                    .call(() -> admit(administrator)))
        .chain(() -> createCluster.create(ClusterRequest.named("default")))
        .chain(authentication::read);
  }

  private Uni<Void> admit(Administrator administrator) {
    String policy = PolicyDocument.ADMINISTRATOR.json();
    ApiToken token =
        new ApiToken(
            Administrator.NAME,
            Administrator.NAME,
            Sha256.of(administrator.token()),
            policy,
            clock.instant());
    return tokens
        .put(token)
        .chain(() -> keys.deleteOthersOf(Administrator.NAME, administrator.accessKeyId()))
        .chain(
            () ->
                administrator.accessKeyId() == null
                    ? Uni.createFrom().voidItem()
                    : keys.put(
                        new AccessKey(
                            administrator.accessKeyId(),
                            Administrator.NAME,
                            installationKey.seal(
                                administrator.secretAccessKey(),
                                ChangeAccessKeys.sealedAs(administrator.accessKeyId())),
                            true,
                            policy,
                            clock.instant())));
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

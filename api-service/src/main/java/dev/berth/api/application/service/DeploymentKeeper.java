package dev.berth.api.application.service;

import dev.berth.api.application.port.Ids;
import dev.berth.api.application.port.ServiceDeployments;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.service.DeploymentRecords;
import dev.berth.api.domain.service.NewDeployment;
import dev.berth.api.domain.service.Service;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.contracts.Arns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Keeps service deployments and service revisions beside the deployments they are about, in the
 * transaction that makes or ends those.
 */
@ApplicationScoped
public class DeploymentKeeper {
  private final ServiceDeployments deployments;
  private final Ids ids;
  private final Identity identity;

  public DeploymentKeeper(ServiceDeployments deployments, Ids ids, Identity identity) {
    this.deployments = deployments;
    this.ids = ids;
    this.identity = identity;
  }

  /** Names for a deployment, should one be made. */
  NewDeployment names(String cluster, String serviceName) {
    String clusterArn = identity.clusterArn(cluster);
    return new NewDeployment(
        ids.deploymentId(),
        Arns.serviceDeployment(clusterArn, serviceName, ids.serviceDeploymentId()),
        Arns.serviceRevision(clusterArn, serviceName, ids.serviceRevisionId()));
  }

  /** Notes the PRIMARY deployment that was just made; services with task sets have none. */
  Uni<Void> add(Service service, Instant now) {
    return service.primary().isEmpty()
        ? Uni.createFrom().voidItem()
        : deployments.add(
            DeploymentRecords.deployment(service, now), DeploymentRecords.revision(service, now));
  }

  /** Ends what is under way, because another deployment begins. */
  Uni<Void> supersede(Service service, Instant now) {
    return each(service, one -> DeploymentRecords.superseded(one, now));
  }

  /** Ends what is under way, because the service is deleted. */
  Uni<Void> end(Service service, Instant now) {
    return each(service, one -> DeploymentRecords.deleted(one, now));
  }

  private Uni<Void> each(Service service, UnaryOperator<ServiceDeployment> change) {
    return deployments
        .lockOpen(service.desired().serviceId())
        .chain(
            open ->
                Multi.createFrom()
                    .iterable(open)
                    .onItem()
                    .transformToUniAndConcatenate(one -> deployments.update(change.apply(one)))
                    .collect()
                    .last())
        .replaceWithVoid();
  }
}

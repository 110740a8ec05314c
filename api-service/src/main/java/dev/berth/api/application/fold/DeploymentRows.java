package dev.berth.api.application.fold;

import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.contracts.service.ContainerImage;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Service deployments and revisions within a transaction. */
public interface DeploymentRows {
  /**
   * Locks the service deployments of these services that aren't over; their services are locked.
   */
  Uni<List<ServiceDeployment>> lockOpen(Collection<String> serviceIds);

  Uni<Void> save(Collection<ServiceDeployment> deployments);

  /** Notes the digests of the images of service revisions, by ARN. */
  Uni<Void> saveImages(Map<String, List<ContainerImage>> images);
}

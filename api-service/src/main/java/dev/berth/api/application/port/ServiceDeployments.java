package dev.berth.api.application.port;

import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceDeploymentStatus;
import dev.berth.api.domain.service.ServiceRevision;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Service deployments and service revisions, kept for as long as their service's row. */
public interface ServiceDeployments {
  /** Which service deployments to list; absent members don't restrict. */
  record DeploymentFilter(
      String serviceId,
      Set<ServiceDeploymentStatus> statuses,
      Instant createdAfter,
      Instant createdBefore) {}

  /** A service deployment with its place in the order of all. */
  record Numbered(long number, ServiceDeployment deployment) {}

  Uni<Void> add(ServiceDeployment deployment, ServiceRevision revision);

  /** The service deployments of these ARNs that exist, in no order. */
  Uni<List<ServiceDeployment>> find(Collection<String> arns);

  /** Finds a service deployment and keeps it from changing until the transaction ends. */
  Uni<Optional<ServiceDeployment>> lock(String arn);

  /** Those of a service that aren't over, locked. */
  Uni<List<ServiceDeployment>> lockOpen(String serviceId);

  Uni<Void> update(ServiceDeployment deployment);

  /**
   * Service deployments, newest first.
   *
   * @param before the number after which the page begins, or null for the first page
   */
  Uni<List<Numbered>> list(DeploymentFilter filter, Long before, int limit);

  /** The service revisions of these ARNs that exist, in no order. */
  Uni<List<ServiceRevision>> revisions(Collection<String> arns);
}

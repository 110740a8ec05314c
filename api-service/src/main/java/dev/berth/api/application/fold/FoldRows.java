package dev.berth.api.application.fold;

import dev.berth.api.domain.fold.ClusterEvent;
import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/** The rows within one transaction. */
public interface FoldRows {
  /** That a desired record has to be published anew. */
  record Changed(Topic topic, String key, String partitionKey) {}

  TaskRows tasks();

  ServiceRows services();

  DeploymentRows deployments();

  InstanceRows instances();

  TargetRows targets();

  LoadBalancerRows loadBalancers();

  /** New versions for desired records; their rows are locked by now. */
  Uni<List<Long>> nextVersions(int count);

  /** Puts desired records into the outbox. */
  Uni<Void> changed(Collection<Changed> changed);

  /**
   * Appends public events; those whose id is there already are left out. It must be the last thing
   * that a transaction does: from here on all others that append wait until this one has committed,
   * so that the events' order is the order of the commits.
   */
  Uni<Void> append(Collection<ClusterEvent> events);
}

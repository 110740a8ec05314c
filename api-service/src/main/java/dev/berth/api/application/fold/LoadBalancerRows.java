package dev.berth.api.application.fold;

import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** How load balancers are served, within a transaction. */
public interface LoadBalancerRows {
  /** Writes statuses that are newer than the rows, of load balancers that are there. */
  Uni<Void> save(Collection<LoadBalancerStatus> statuses);

  /** Removes the rows of these keys, see {@link dev.berth.contracts.Keys#loadBalancerStatus}. */
  Uni<Void> remove(Collection<String> keys);
}

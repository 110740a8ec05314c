package dev.berth.api.application.port;

import dev.berth.contracts.Topic;
import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** Says, within the transaction that changes a resource, that its record has to be published. */
public interface Outbox {
  /**
   * Notes that the resource behind {@code key} changed. What is published is the resource's state
   * when the relay comes by: see {@link DesiredStates}.
   *
   * @param partitionKey what chooses the partition (the cluster; the load balancer's name)
   */
  Uni<Void> changed(Topic topic, String key, String partitionKey);

  /** Notes that several resources changed, in their order. */
  Uni<Void> changed(Topic topic, Collection<String> keys, String partitionKey);
}

package dev.berth.api.adapter.kafka;

import dev.berth.api.application.fold.FoldLoadBalancerStatuses;
import dev.berth.contracts.loadbalancer.LoadBalancerStatus;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Reads {@code berth.load-balancer.status.v1}. A tombstone removes the load balancer's row. */
@ApplicationScoped
public class LoadBalancerStatusConsumer {
  private final TopicReader reader;
  private final FoldLoadBalancerStatuses fold;

  public LoadBalancerStatusConsumer(TopicReader reader, FoldLoadBalancerStatuses fold) {
    this.reader = reader;
    this.fold = fold;
  }

  @Incoming("load-balancer-status")
  Uni<Void> read(ConsumerRecords<String, byte[]> batch) {
    return reader.read(
        batch,
        LoadBalancerStatus.class,
        records -> {
          Batches.Newest<LoadBalancerStatus> newest = Batches.newest(records);
          return fold.fold(newest.values(), newest.erased());
        });
  }
}

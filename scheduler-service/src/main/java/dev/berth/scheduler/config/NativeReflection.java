package dev.berth.scheduler.config;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/**
 * What the Kafka client makes by name. The records that cross topics are registered by the
 * contracts' own jar.
 */
@RegisterForReflection(targets = CooperativeStickyAssignor.class)
final class NativeReflection {
  private NativeReflection() {}
}

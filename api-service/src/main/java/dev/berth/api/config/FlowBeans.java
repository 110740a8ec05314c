package dev.berth.api.config;

import dev.berth.api.domain.fold.EventScope;
import dev.berth.contracts.Partitions;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Values from the configuration that folds and relay take as they are. */
@ApplicationScoped
public class FlowBeans {
  @Produces
  @Singleton
  @DefaultBean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  @DefaultBean
  EventScope eventScope(
      @ConfigProperty(name = "berth.account-id", defaultValue = "000000000000") String account,
      @ConfigProperty(name = "berth.region", defaultValue = "us-east-1") String region) {
    return new EventScope(account, region);
  }

  @Produces
  @Singleton
  @DefaultBean
  Partitions partitions(
      @ConfigProperty(name = "berth.partitions.by-cluster", defaultValue = "8") int byCluster,
      @ConfigProperty(name = "berth.partitions.by-instance", defaultValue = "16") int byInstance,
      @ConfigProperty(name = "berth.partitions.by-resource", defaultValue = "4") int byResource) {
    return new Partitions(byCluster, byInstance, byResource);
  }
}

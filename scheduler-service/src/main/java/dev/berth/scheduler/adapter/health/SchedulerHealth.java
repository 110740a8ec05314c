package dev.berth.scheduler.adapter.health;

import dev.berth.scheduler.adapter.kafka.SchedulerRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Live while its threads run, also without Kafka; ready once it has its share of the partitions and
 * has caught up in each. A standby without partitions is ready.
 */
@ApplicationScoped
public class SchedulerHealth {
  @Produces
  @Liveness
  HealthCheck live(SchedulerRuntime runtime) {
    return () -> HealthCheckResponse.named("scheduler-threads").status(runtime.isLive()).build();
  }

  @Produces
  @Startup
  HealthCheck started(SchedulerRuntime runtime) {
    return () -> HealthCheckResponse.named("scheduler-started").status(runtime.isLive()).build();
  }

  @Produces
  @Readiness
  HealthCheck ready(SchedulerRuntime runtime) {
    return () ->
        HealthCheckResponse.named("scheduler-partitions")
            .status(runtime.isReady())
            .withData("state", runtime.state())
            .withData("partitions", runtime.partitions().stream().sorted().toList().toString())
            .build();
  }
}

package dev.berth.scheduler.config;

import dev.berth.scheduler.adapter.kafka.LogSettings;
import dev.berth.scheduler.adapter.kafka.SchedulerRuntime;
import dev.berth.scheduler.adapter.metrics.DecisionMetrics;
import dev.berth.scheduler.application.ReconciledCluster;
import dev.berth.scheduler.domain.IdSource;
import dev.berth.scheduler.domain.SchedulerSettings;
import dev.berth.scheduler.domain.state.ClusterState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the scheduler together from its configuration, starts it and stops it. */
@ApplicationScoped
public class SchedulerWiring {
  private static final Duration LONGEST_STALENESS = Duration.ofSeconds(5);

  @Produces
  @Singleton
  SchedulerRuntime runtime(
      SchedulerConfig scheduler,
      KafkaConfig kafka,
      PartitionsConfig partitions,
      @Identifier("default-kafka-broker") Map<String, Object> clientSettings,
      @ConfigProperty(name = "berth.installation-id") String installationId,
      DecisionMetrics metrics) {
    LogSettings log =
        new LogSettings(
            clientSettings(clientSettings, kafka),
            partitions.partitions(),
            kafka.replicationFactor(),
            scheduler.instanceId().orElseGet(SchedulerWiring::thisProcess),
            installationId,
            scheduler.sessionTimeout(),
            scheduler.logTimeout(),
            scheduler.logWatchInterval(),
            staleAfter(scheduler.instanceLostAfter()),
            scheduler.transactionTimeout(),
            scheduler.fullReconcileInterval());
    SchedulerSettings settings = settings(scheduler);
    IdSource ids = new RandomIds();
    return new SchedulerRuntime(
        log,
        (cluster, epoch) ->
            new ReconciledCluster(new ClusterState(cluster, installationId, epoch, settings), ids),
        metrics,
        Clock.systemUTC());
  }

  private static Map<String, Object> clientSettings(
      Map<String, Object> settings, KafkaConfig kafka) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent("bootstrap.servers", kafka.bootstrapServers());
    return all;
  }

  /** A decision about silence must not rest on an answer of Kafka that is nearly as old. */
  private static Duration staleAfter(Duration instanceLostAfter) {
    Duration third = instanceLostAfter.dividedBy(3);
    return third.compareTo(LONGEST_STALENESS) < 0 ? third : LONGEST_STALENESS;
  }

  private static SchedulerSettings settings(SchedulerConfig config) {
    SchedulerSettings d = SchedulerSettings.DEFAULT;
    return new SchedulerSettings(
        d.heartbeatInterval(),
        d.heartbeatFreshFor(),
        config.instanceLostAfter(),
        d.massSilenceShare(),
        d.massSilenceWait(),
        d.deregistrationDelay(),
        d.drainGrace(),
        config.taskStableAfter(),
        d.backOffFirst(),
        config.backOffMax(),
        d.steadyStateRepeat(),
        d.recoveryWait());
  }

  private static String thisProcess() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown-host";
    }
    return host + "-" + ProcessHandle.current().pid();
  }

  void start(@Observes StartupEvent event, SchedulerRuntime runtime, MeterRegistry registry) {
    Gauge.builder("berth.scheduler.lag", runtime, SchedulerRuntime::lag)
        .description("Records of the led partitions that were written but not read yet")
        .register(registry);
    Gauge.builder("berth.scheduler.owned.partitions", runtime, r -> r.partitions().size())
        .description("Partitions that this process leads")
        .register(registry);
    Gauge.builder("berth.scheduler.ready", runtime, r -> r.isReady() ? 1 : 0)
        .description("1 once it has its share of the partitions and has caught up in each")
        .register(registry);
    runtime.start();
  }

  void stop(@Observes ShutdownEvent event, SchedulerRuntime runtime) {
    runtime.close();
  }
}

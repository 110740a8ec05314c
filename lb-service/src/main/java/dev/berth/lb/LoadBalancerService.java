package dev.berth.lb;

import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.secret.InstallationKey;
import dev.berth.contracts.secret.UnreadableSecretException;
import dev.berth.lb.adapter.file.SavedConfiguration;
import dev.berth.lb.adapter.health.BalancerMetrics;
import dev.berth.lb.adapter.kafka.DesiredTopics;
import dev.berth.lb.adapter.kafka.LoadBalancerStatusReports;
import dev.berth.lb.adapter.kafka.LogFollower;
import dev.berth.lb.adapter.kafka.NewestRecords;
import dev.berth.lb.adapter.kafka.TargetStatusReports;
import dev.berth.lb.adapter.probe.VertxProber;
import dev.berth.lb.adapter.proxy.AccessLogFiles;
import dev.berth.lb.adapter.proxy.NettyDataPlane;
import dev.berth.lb.adapter.proxy.ProxySettings;
import dev.berth.lb.application.Balancer;
import dev.berth.lb.application.ListenerWatch;
import dev.berth.lb.application.SerialExecutor;
import dev.berth.lb.application.ThreadSerialExecutor;
import dev.berth.lb.config.KafkaSettings;
import dev.berth.lb.config.LbConfig;
import dev.berth.lb.config.PartitionSettings;
import dev.berth.lb.domain.ManualTargetPolicy;
import dev.berth.log.EventRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Puts the parts together and starts them. */
@ApplicationScoped
public class LoadBalancerService {
  private static final Logger LOG = Logger.getLogger(LoadBalancerService.class);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration METRICS = Duration.ofSeconds(2);
  private static final Duration LISTENERS = Duration.ofSeconds(1);

  private final LbConfig config;
  private final Vertx vertx;
  private final ScheduledExecutorService serial =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "berth-lb-balancer"));
  private final ScheduledExecutorService log =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "berth-lb-log"));
  private final SerialExecutor turns = new ThreadSerialExecutor(serial);
  private volatile boolean started;

  LoadBalancerService(LbConfig config) {
    this.config = config;
    // Health checks have a loop of their own: neither traffic nor Kafka delays them.
    this.vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  }

  @Produces
  @Singleton
  NettyDataPlane dataPlane(MeterRegistry registry, InstallationKey key) {
    return new NettyDataPlane(
        proxySettings(),
        registry,
        Clock.systemUTC(),
        certificate -> {
          try {
            return key.open(certificate.sealedKey(), "certificate/" + certificate.arn());
          } catch (UnreadableSecretException | IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
          }
        },
        config
            .accessLogs()
            .map(
                folder ->
                    new AccessLogFiles(
                        folder,
                        config.accessLogRotation().maxBytes(),
                        config.accessLogRotation().period(),
                        config.accessLogRotation().keep()))
            .orElse(null));
  }

  @Produces
  @Singleton
  SavedConfiguration savedConfiguration() {
    return new SavedConfiguration(config.stateFile().orElse(null));
  }

  @Produces
  @Singleton
  Balancer balancer(
      NettyDataPlane dataPlane,
      PartitionSettings partitions,
      SavedConfiguration copy,
      @ConfigProperty(name = "berth.installation-id") String installationId,
      @Channel("target-status-out")
          @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
          MutinyEmitter<ProducerRecord<String, byte[]>> out) {
    NewestRecords statuses =
        new NewestRecords(
            Topic.TARGET_STATUS,
            records(partitions, installationId),
            Clock.systemUTC(),
            out::send,
            turns);
    return new Balancer(
        new ManualTargetPolicy(config.allowLoopbackTargets(), config.controlPlanePorts()),
        config.availabilityZone().orElse(null),
        config.settleTime(),
        copy,
        dataPlane,
        new VertxProber(vertx),
        new TargetStatusReports(instanceId(), statuses),
        turns,
        Clock.systemUTC(),
        LOG::warn);
  }

  @Produces
  @Singleton
  ListenerWatch listenerWatch(
      Balancer balancer,
      NettyDataPlane dataPlane,
      PartitionSettings partitions,
      @ConfigProperty(name = "berth.installation-id") String installationId,
      @Channel("load-balancer-status-out")
          @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = 1024)
          MutinyEmitter<ProducerRecord<String, byte[]>> out) {
    Clock clock = Clock.systemUTC();
    NewestRecords statuses =
        new NewestRecords(
            Topic.LOAD_BALANCER_STATUS,
            records(partitions, installationId),
            clock,
            out::send,
            turns);
    return new ListenerWatch(
        balancer::summary, dataPlane, new LoadBalancerStatusReports(instanceId(), statuses), clock);
  }

  private EventRecords records(PartitionSettings partitions, String installationId) {
    return new EventRecords(
        partitions.partitions(), "/berth/lb-service/" + instanceId(), installationId);
  }

  @Produces
  @Singleton
  LogFollower logFollower(
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      KafkaSettings settings,
      PartitionSettings partitions,
      KafkaClientService clients,
      DesiredTopics topics,
      SavedConfiguration copy,
      Balancer balancer) {
    return new LogFollower(
        () -> Admin.create(kafka),
        partitions.partitions(),
        settings.replicationFactor(),
        clients,
        topics,
        balancer,
        copy,
        log);
  }

  void start(
      @Observes StartupEvent event,
      NettyDataPlane dataPlane,
      Balancer balancer,
      BalancerMetrics metrics,
      ListenerWatch listeners,
      SavedConfiguration copy,
      LogFollower follower) {
    if (config.reportInterval().compareTo(TargetStatus.LONGEST_INTERVAL) > 0) {
      throw new ConfigurationException(
          "berth.lb.report-interval is %s, but what isn't told again within %s counts no more"
              .formatted(config.reportInterval(), TargetStatus.LONGEST_INTERVAL));
    }
    dataPlane.start();
    started = true;
    copy.load().ifPresent(saved -> balancer.restore(saved.loadBalancers(), saved.targets()));
    every(config.reportInterval(), balancer::refresh);
    every(config.reportInterval(), listeners::tellAgain);
    every(LISTENERS, listeners::look);
    every(METRICS, metrics::update);
    follower.start();
    LOG.infof(
        "Load balancer instance %s carries traffic on %d event loops, listeners on %s",
        instanceId(), eventLoops(), config.bindAddress());
  }

  void stop(
      @Observes ShutdownEvent event,
      NettyDataPlane dataPlane,
      LogFollower follower,
      SavedConfiguration copy)
      throws ExecutionException, InterruptedException, TimeoutException {
    serial.shutdownNow();
    log.shutdownNow();
    follower.close();
    copy.close();
    // Clients hear that they are to go elsewhere, and what they have under way ends first.
    dataPlane.close(config.timeouts().shutdown());
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(STOP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void every(Duration interval, Runnable action) {
    turns.schedule(
        () -> {
          try {
            action.run();
          } finally {
            every(interval, action);
          }
        },
        interval);
  }

  /** Whether the data plane's loops run. */
  public boolean isStarted() {
    return started;
  }

  private ProxySettings proxySettings() {
    LbConfig.Limits limits = config.limits();
    LbConfig.Timeouts timeouts = config.timeouts();
    return new ProxySettings(
        config.bindAddress(),
        eventLoops(),
        limits.maxHeaderSize(),
        limits.maxConnectionsPerListener(),
        limits.maxConnectionsPerTarget(),
        limits.maxAttempts(),
        limits.replayBytes(),
        timeouts.idle(),
        timeouts.clientKeepAlive(),
        timeouts.targetKeepAlive(),
        timeouts.connect(),
        timeouts.listenerClose(),
        limits.maxRequestsPerListener(),
        config.openSsl(),
        config.epoll(),
        limits.maxConnections().orElseGet(OpenFiles::mostConnections));
  }

  private int eventLoops() {
    return config.eventLoops().orElseGet(() -> Runtime.getRuntime().availableProcessors());
  }

  private String instanceId() {
    return config.instanceId().orElseGet(LoadBalancerService::hostName);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.warnf(
          "This host has no name that resolves, set berth.lb.instance-id: %s", e.getMessage());
      return "localhost";
    }
  }
}

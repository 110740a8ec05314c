package dev.berth.benchmarks.lb;

import dev.berth.contracts.Keys;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.CertificateDesired;
import dev.berth.contracts.loadbalancer.ListenerAction;
import dev.berth.contracts.loadbalancer.ListenerCertificate;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.ListenerRule;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.RuleCondition;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.secret.InstallationKey;
import dev.berth.log.EventRecords;
import dev.berth.standalone.kafka.KafkaProcess;
import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * lb-service as the launcher starts it, on the proxies' core, told what to do by a Kafka of its
 * own.
 */
final class BerthProxy implements AutoCloseable {
  static final String MANY = "many";
  private static final String CERTIFICATE = "arn:certificate";
  private static final int LARGEST_RECORD = 4 * 1024 * 1024;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final KafkaProcess kafka;
  private final ChildProcess process;
  private final KafkaProducer<String, byte[]> producer;
  private final EventRecords records =
      new EventRecords(Partitions.DEFAULT, "/berth/benchmarks", "benchmark");
  private final int ownPort;
  private final InstallationKey key;
  private final ServerCertificate certificate;
  private final int backend;
  private long version;

  private BerthProxy(
      KafkaProcess kafka,
      ChildProcess process,
      int ownPort,
      InstallationKey key,
      ServerCertificate certificate,
      int backend) {
    this.kafka = kafka;
    this.process = process;
    this.ownPort = ownPort;
    this.key = key;
    this.certificate = certificate;
    this.backend = backend;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "max.request.size",
                Integer.toString(LARGEST_RECORD)),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  static BerthProxy start(
      Path root, Path folder, ServerCertificate certificate, int ownPort, int backend)
      throws IOException {
    KafkaProcess kafka = KafkaProcess.in(folder.resolve("kafka")).start();
    String secret = InstallationKey.generate();
    List<String> command =
        new ArrayList<>(
            List.of(
                "taskset",
                "-c",
                Machine.PROXY_CORE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(Suite.balancerJvm());
    command.add("-jar");
    command.add(root.resolve("lb-service/target/quarkus-app/quarkus-run.jar").toString());
    ChildProcess process =
        ChildProcess.start(
            "lb",
            command,
            Map.of(
                "BERTH_INSTALLATION_ID",
                "benchmark",
                "BERTH_KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "BERTH_LB_INSTANCE_ID",
                "benchmark",
                "BERTH_SECRETS_KEY",
                secret,
                "QUARKUS_HTTP_PORT",
                Integer.toString(ownPort)),
            folder.resolve("lb.log"));
    return new BerthProxy(
        kafka, process, ownPort, InstallationKey.of(secret), certificate, backend);
  }

  Proxy proxy(int plain, int tls) {
    return new Proxy("Berth", List.of(process.pid()), plain, tls);
  }

  /** A listener of HTTP with so many rules of which each is about another path. */
  ListenerDesired listener(int port, int rules) {
    List<ListenerRule> all =
        IntStream.range(0, rules)
            .mapToObj(
                i ->
                    new ListenerRule(
                        "arn:rule/" + port + "/" + i,
                        i + 1,
                        List.of(
                            new RuleCondition(
                                "path-pattern", List.of("/r" + i + "/*"), null, null, null)),
                        List.of(ListenerAction.forward("arn:web")),
                        null))
            .toList();
    return new ListenerDesired(
        "arn:listener/" + port, "HTTP", port, "arn:web", null, null, null, null, all, null);
  }

  ListenerDesired https(int port) {
    return new ListenerDesired(
        "arn:listener/" + port,
        "HTTPS",
        port,
        "arn:web",
        null,
        null,
        List.of(new ListenerCertificate(CERTIFICATE, true)),
        null,
        null,
        null);
  }

  ListenerDesired toMany(int port) {
    return new ListenerDesired(
        "arn:listener/" + port, "HTTP", port, "arn:" + MANY, null, null, null, null, null, null);
  }

  /** Says what is to listen, and waits until it does. */
  void listen(List<ListenerDesired> listeners) throws IOException {
    version++;
    LoadBalancerDesired record =
        new LoadBalancerDesired(
            "bench",
            "arn:lb",
            version,
            "benchmark",
            "bench.localhost",
            listeners,
            List.of(group("web", 5), group(MANY, 30)),
            Instant.EPOCH,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(
                new CertificateDesired(
                    CERTIFICATE,
                    Files.readString(certificate.chain()),
                    null,
                    key.seal(Files.readString(certificate.key()), "certificate/" + CERTIFICATE),
                    List.of("localhost"),
                    Instant.EPOCH,
                    Instant.EPOCH.plus(Duration.ofDays(40_000)))));
    send(Topic.LOAD_BALANCER_DESIRED, "bench", record);
    producer.flush();
    for (ListenerDesired listener : listeners) {
      Peers.await(listener.port());
    }
  }

  private static TargetGroupDesired group(String name, int interval) {
    return new TargetGroupDesired(
        name,
        "arn:" + name,
        "HTTP",
        80,
        new TargetGroupHealthCheck(
            true, "HTTP", "traffic-port", "/small", interval, 2, 2, 2, "200", null),
        5,
        List.of(),
        "ip",
        null,
        null,
        null,
        null);
  }

  /** Registers targets by their numbers; all of them are the same backend. */
  void register(String group, int from, int to) {
    for (int i = from; i < to; i++) {
      TargetDesired target =
          new TargetDesired(
              "arn:" + group,
              "t" + i + ":80",
              1,
              "default",
              group,
              "t" + i,
              "127.0.0.1",
              backend,
              TargetDesiredState.REGISTERED,
              null);
      send(Topic.TARGET_DESIRED, Keys.target(target.targetGroupArn(), target.targetId()), target);
    }
    producer.flush();
  }

  void deregister(String group, int from, int to) {
    for (int i = from; i < to; i++) {
      send(Topic.TARGET_DESIRED, Keys.target("arn:" + group, "t" + i + ":80"), null);
    }
    producer.flush();
  }

  private void send(Topic topic, String recordKey, Object value) {
    var unused =
        producer.send(
            records.record(
                topic, recordKey, recordKey, value, UUID.randomUUID().toString(), Instant.now()));
  }

  /** Waits until a gauge of a group has a value, and tells how long that took, in seconds. */
  double await(String gauge, String group, int value) throws IOException, InterruptedException {
    long start = System.nanoTime();
    String line = gauge + "{target_group=\"" + group + "\"} " + (double) value;
    while (metrics().lines().noneMatch(line::equals)) {
      if (System.nanoTime() - start > Duration.ofMinutes(10).toNanos()) {
        throw new IllegalStateException("Not within ten minutes: " + line);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private String metrics() throws IOException, InterruptedException {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ownPort + "/q/metrics"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (java.net.ConnectException notYet) {
      return "";
    }
  }

  @Override
  public void close() {
    producer.close();
    http.close();
    process.stop(STOP);
    kafka.close();
  }
}

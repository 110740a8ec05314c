package dev.berth.standalone.kafka;

import dev.berth.standalone.home.PrivateFiles;
import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.FileTrees;
import dev.berth.standalone.process.FreePort;
import dev.berth.standalone.process.JavaCommand;
import dev.berth.standalone.process.ProcessFailedException;
import dev.berth.standalone.process.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * One Kafka broker in KRaft mode, as a child process with its data in one folder. It listens on
 * 127.0.0.1 without authentication; {@link Builder#property} adds other listeners. Stopped and
 * started again it keeps its port and its data.
 *
 * <p>Not thread-safe.
 */
public final class KafkaProcess extends ServerProcess {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

  private final int heapMegabytes;
  private final List<String> jvmOptions;
  private final Map<String, String> properties;

  private KafkaProcess(Builder builder) {
    super(builder.dataDir, builder.logFile, builder.port);
    heapMegabytes = builder.heapMegabytes;
    jvmOptions = List.copyOf(builder.jvmOptions);
    properties = new LinkedHashMap<>(builder.properties);
  }

  /** Starts a broker on a free port. */
  public static KafkaProcess startIn(Path dataDir) {
    return in(dataDir).start();
  }

  /** Configures a broker; its data are kept in the folder, which may not exist yet. */
  public static Builder in(Path dataDir) {
    return new Builder(dataDir);
  }

  /** What clients on this machine set as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  /** Starts the broker, unless it runs, and waits until it answers. */
  public KafkaProcess start() {
    startAndWait();
    return this;
  }

  /** Stops the broker and removes its data; the next start makes an empty one. */
  public void wipe() {
    stop();
    FileTrees.delete(dataDir());
  }

  @Override
  protected ChildProcess launch() {
    Path config = writeConfiguration();
    if (!Files.exists(dataDir().resolve("meta.properties"))) {
      ChildProcess.run(
          "kafka format",
          java(
              "kafka.tools.StorageTool",
              "format",
              "--cluster-id",
              Uuid.randomUuid().toString(),
              "--ignore-formatted",
              "--config",
              config.toString()),
          Map.of(),
          logFile(),
          START_TIMEOUT);
    }
    return ChildProcess.start("kafka", java("kafka.Kafka", config.toString()), Map.of(), logFile());
  }

  @Override
  protected String stopSignal() {
    return "TERM";
  }

  private List<String> java(String mainClass, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JavaCommand.java().toString());
    command.add("-Xms64m");
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(KafkaLibrary.find() + "/*");
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return command;
  }

  private Path writeConfiguration() {
    int controllerPort = FreePort.find();
    Map<String, String> config = new LinkedHashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("inter.broker.listener.name", "LOCAL");
    config.put(
        "listeners",
        "LOCAL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port(), controllerPort));
    config.put("advertised.listeners", "LOCAL://127.0.0.1:" + port());
    config.put("listener.security.protocol.map", "LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("log.dirs", dataDir().toString());
    // Topics are made by the services, which know their partitions and their cleanup.
    config.put("auto.create.topics.enable", "false");
    config.put("default.replication.factor", "1");
    config.put("offsets.topic.replication.factor", "1");
    config.put("offsets.topic.num.partitions", "4");
    config.put("transaction.state.log.replication.factor", "1");
    config.put("transaction.state.log.min.isr", "1");
    config.put("transaction.state.log.num.partitions", "4");
    config.put("share.coordinator.state.topic.replication.factor", "1");
    config.put("share.coordinator.state.topic.min.isr", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    // Lets a standby notice the death of a scheduler sooner than Kafka's 6 s.
    config.put("group.min.session.timeout.ms", "1000");
    config.put("message.max.bytes", Integer.toString(4 * 1024 * 1024));
    config.put("num.network.threads", "2");
    config.put("num.io.threads", "2");
    config.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
    config.put("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
    config.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
    properties.forEach(
        (key, value) -> config.put(key, value.replace("{controller-port}", "" + controllerPort)));
    Path file = dataDir().resolveSibling(dataDir().getFileName() + ".properties");
    StringBuilder text = new StringBuilder();
    config.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    // It may have passwords.
    PrivateFiles.write(file, text.toString());
    return file;
  }

  @Override
  protected boolean answers() {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                "100",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "" + PROBE_TIMEOUT.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "" + PROBE_TIMEOUT.toMillis()))) {
      return !admin
          .describeCluster()
          .nodes()
          .get(PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      // Not yet; the caller asks again until its own time is over.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException("Interrupted while waiting for Kafka", e);
    }
  }

  /** Settings of a broker, each with a default. */
  public static final class Builder {
    private final Path dataDir;
    private Path logFile;
    private int port;
    private int heapMegabytes = 192;
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();

    private Builder(Path dataDir) {
      this.dataDir = dataDir;
    }

    /** Port on 127.0.0.1; 0, the default, chooses a free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Where output goes; by default beside the data folder. */
    public Builder logFile(Path value) {
      logFile = value;
      return this;
    }

    /** Largest heap in megabytes; 192 by default. */
    public Builder heapMegabytes(int value) {
      heapMegabytes = value;
      return this;
    }

    public Builder jvmOption(String value) {
      jvmOptions.add(value);
      return this;
    }

    /**
     * Sets or overrides a broker property; {@code {controller-port}} in a value becomes the
     * controller's port.
     */
    public Builder property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    /** A broker that is not started yet. */
    public KafkaProcess build() {
      return new KafkaProcess(this);
    }

    /** Builds and starts. */
    public KafkaProcess start() {
      return build().start();
    }
  }
}

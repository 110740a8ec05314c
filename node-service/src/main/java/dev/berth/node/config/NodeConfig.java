package dev.berth.node.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Who this node is and what it has to offer. */
@ConfigMapping(prefix = "berth.node")
public interface NodeConfig {
  /** A name for people; the identity is made by the node itself. */
  @WithDefault("${HOSTNAME:node-1}")
  String name();

  /** The cluster that it offers its machine to. */
  @WithDefault("default")
  String cluster();

  /**
   * The container instance that RegisterContainerInstance made for this machine, by its ARN.
   * Absent: the node makes its own identity when it starts first.
   */
  Optional<String> containerInstanceArn();

  /** Where identity and journal are kept; one folder per node. */
  @WithDefault(".berth/nodes/node-1")
  Path dataDir();

  /** Where others, lb-service first of all, reach the ports that tasks publish. */
  @WithDefault("127.0.0.1")
  String hostAddress();

  /** Where api-service reads logs from. Absent: this service's own HTTP address. */
  Optional<String> logsUrl();

  /** CPU units on offer, 1024 for each core. Absent: all that the engine's machine has. */
  OptionalInt cpu();

  /** MiB of memory on offer. Absent: all that the machine has without the reserved part. */
  OptionalInt memory();

  /** MiB of memory kept back from tasks when {@link #memory} isn't set. */
  @WithDefault("256")
  int reservedMemory();

  /** Ids of the GPUs that tasks may have. Absent: those that NVIDIA's driver lists. */
  Optional<List<String>> gpuIds();

  /** The machine's id at its provider. Absent: what an EC2 instance's firmware says, else none. */
  Optional<String> ec2InstanceId();

  /** TCP ports that no task may have, besides this service's own. */
  @WithDefault("22,2375,2376,51678,51679,51680")
  List<Integer> reservedPorts();

  /** The failure domain that spread placement knows. */
  @WithDefault("local")
  String availabilityZone();

  /** What users call this kind of machine. */
  @WithDefault("berth.local")
  String instanceType();

  /** Attributes for placement constraints, by name. */
  Map<String, String> attributes();

  /** How long stopped containers and their logs are kept; at least a minute makes sense. */
  @WithDefault("10m")
  Duration taskCleanupWait();

  /** Between SIGTERM and SIGKILL, for containers that don't set their own. */
  @WithDefault("30s")
  Duration stopTimeout();

  /** How often the node tells that it lives. */
  @WithDefault("1s")
  Duration heartbeatInterval();

  /** How often what the engine has is compared with what the node believes. */
  @WithDefault("30s")
  Duration reconcileInterval();
}

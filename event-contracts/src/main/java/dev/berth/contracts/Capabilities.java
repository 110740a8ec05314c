package dev.berth.contracts;

import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.DockerVolumeConfiguration;
import dev.berth.contracts.taskdef.LogConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.Secret;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.Volume;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The attributes by which a task says what it needs and a container instance what it offers (ECS:
 * {@code requiresAttributes}). A task runs only where each of its attributes is offered, so that a
 * definition that no node can honour is refused at placement, with the attribute as the reason.
 */
public final class Capabilities {
  /** Tasks with a network namespace of their own. */
  public static final String TASK_ENI = "ecs.capability.task-eni";

  /** Containers with all of the host's power. */
  public static final String PRIVILEGED = "com.amazonaws.ecs.capability.privileged-container";

  /** Folders of the host in containers. */
  public static final String HOST_MOUNTS = "berth.capability.host-mounts";

  /** The host's network in containers. */
  public static final String HOST_NETWORK = "berth.capability.host-network";

  /** The host's processes or IPC in containers. */
  public static final String HOST_NAMESPACES = "berth.capability.host-namespaces";

  /** The host's devices in containers. */
  public static final String DEVICES = "berth.capability.devices";

  /** Linux capabilities, security options or kernel parameters beyond Docker's default. */
  public static final String ADDED_CAPABILITIES = "berth.capability.added-capabilities";

  /**
   * Prefix of where values of {@code secrets} and {@code secretOptions} come from and what they are
   * for, such as {@code asm.environment-variables}; offered once a store exists.
   */
  public static final String SECRETS = "ecs.capability.secrets.";

  /** Environment files; offered once an object store exists. */
  public static final String ENVIRONMENT_FILES = "ecs.capability.env-files.s3";

  /** Registry credentials by name ({@code repositoryCredentials}). */
  public static final String REGISTRY_CREDENTIALS =
      "ecs.capability.private-registry-authentication.secretsmanager";

  public static final String EFS = "ecs.capability.efs";

  /** EFS with encryption in transit or an access point. */
  public static final String EFS_AUTHORIZATION = "ecs.capability.efsAuth";

  public static final String FSX = "ecs.capability.fsxWindowsFileServer";
  public static final String S3_FILES = "ecs.capability.s3files";
  public static final String CONFIGURED_AT_LAUNCH = "ecs.capability.storage.ebs-task-volume-attach";
  public static final String APP_MESH = "ecs.capability.aws-appmesh";
  public static final String CREDENTIAL_SPECS = "ecs.capability.gmsa";
  public static final String INFERENCE_ACCELERATOR = "ecs.capability.task-eia";
  public static final String FAULT_INJECTION = "ecs.capability.fault-injection";

  /** Prefix of the log drivers that a node offers, such as {@code awslogs}. */
  public static final String LOGGING_DRIVER = "com.amazonaws.ecs.capability.logging-driver.";

  /** The instance's CPU architecture: {@code x86_64} or {@code arm64}. */
  public static final String CPU_ARCHITECTURE = "ecs.cpu-architecture";

  /** The instance's operating system: {@code linux} or {@code windows}. */
  public static final String OS_TYPE = "ecs.os-type";

  /** The instance's availability zone. */
  public static final String AVAILABILITY_ZONE = "ecs.availability-zone";

  private static final List<Attribute> EVERY_NODE =
      CommonCapabilities.names().stream().map(Attribute::of).toList();

  private Capabilities() {}

  /**
   * All that a definition asks for, as ECS shows it ({@code requiresAttributes}), in alphabetical
   * order: what it needs of a node, and what every node has.
   */
  public static List<Attribute> shownOf(TaskDefinition definition) {
    Set<String> names = new TreeSet<>(CommonCapabilities.of(definition));
    requiredBy(definition).forEach(one -> names.add(one.name()));
    return names.stream().map(Attribute::of).toList();
  }

  /**
   * Whether every node has it, so that no instance needs to tell it and placement to look at it.
   */
  public static boolean isOfEveryNode(String name) {
    return CommonCapabilities.contains(name);
  }

  /** What every node has, in alphabetical order. */
  public static List<Attribute> ofEveryNode() {
    return EVERY_NODE;
  }

  /** What a task of this definition needs that a node may lack, in alphabetical order. */
  public static List<Attribute> requiredBy(TaskDefinition definition) {
    Set<String> names = new TreeSet<>();
    NetworkMode mode = definition.networkModeOrDefault();
    add(names, mode == NetworkMode.AWSVPC, TASK_ENI);
    add(names, mode == NetworkMode.HOST, HOST_NETWORK);
    add(names, "host".equals(definition.pidMode()), HOST_NAMESPACES);
    add(names, "host".equals(definition.ipcMode()), HOST_NAMESPACES);
    add(names, definition.proxyConfiguration() != null, APP_MESH);
    add(names, !definition.inferenceAccelerators().isEmpty(), INFERENCE_ACCELERATOR);
    add(names, Boolean.TRUE.equals(definition.enableFaultInjection()), FAULT_INJECTION);
    definition.volumes().forEach(volume -> ofVolume(names, volume));
    definition.containerDefinitions().forEach(container -> ofContainer(names, container));
    return names.stream().map(Attribute::of).toList();
  }

  private static void ofVolume(Set<String> names, Volume volume) {
    add(names, volume.host() != null && volume.host().sourcePath() != null, HOST_MOUNTS);
    add(names, isHostMountInDisguise(volume.dockerVolumeConfiguration()), HOST_MOUNTS);
    add(names, volume.efsVolumeConfiguration() != null, EFS);
    add(names, isAuthorized(volume.efsVolumeConfiguration()), EFS_AUTHORIZATION);
    add(names, volume.fsxWindowsFileServerVolumeConfiguration() != null, FSX);
    add(names, volume.s3filesVolumeConfiguration() != null, S3_FILES);
    add(names, Boolean.TRUE.equals(volume.configuredAtLaunch()), CONFIGURED_AT_LAUNCH);
  }

  /** The local driver mounts any device or folder of the host that its options name. */
  private static boolean isHostMountInDisguise(DockerVolumeConfiguration volume) {
    return volume != null
        && (volume.driver() == null || volume.driver().equals("local"))
        && volume.driverOpts().containsKey("device")
        && !"tmpfs".equals(volume.driverOpts().get("type"));
  }

  private static boolean isAuthorized(Map<String, Object> efs) {
    return efs != null
        && (efs.containsKey("authorizationConfig")
            || "ENABLED".equals(efs.get("transitEncryption")));
  }

  private static void ofContainer(Set<String> names, ContainerDefinition container) {
    add(names, Boolean.TRUE.equals(container.privileged()), PRIVILEGED);
    secrets(names, container.secrets(), "environment-variables");
    add(names, !container.environmentFiles().isEmpty(), ENVIRONMENT_FILES);
    add(names, container.repositoryCredentials() != null, REGISTRY_CREDENTIALS);
    add(names, !container.credentialSpecs().isEmpty(), CREDENTIAL_SPECS);
    add(
        names,
        container.dockerSecurityOptions().stream().anyMatch(Capabilities::addsPower),
        ADDED_CAPABILITIES);
    add(names, !container.systemControls().isEmpty(), ADDED_CAPABILITIES);
    LogConfiguration log = container.logConfiguration();
    if (log != null && log.logDriver() != null) {
      names.add(LOGGING_DRIVER + log.logDriver().toLowerCase(Locale.ROOT));
      secrets(names, log.secretOptions(), "bootstrap.log-driver");
    }
    if (container.linuxParameters() != null) {
      var linux = container.linuxParameters();
      add(names, !linux.devices().isEmpty(), DEVICES);
      add(
          names,
          linux.capabilities() != null && !linux.capabilities().add().isEmpty(),
          ADDED_CAPABILITIES);
    }
  }

  /** A secret is Secrets Manager's by its ARN, otherwise a parameter of Systems Manager. */
  private static void secrets(Set<String> names, List<Secret> secrets, String use) {
    for (Secret secret : secrets) {
      boolean manager =
          secret.valueFrom() != null && secret.valueFrom().contains(":secretsmanager:");
      names.add(SECRETS + (manager ? "asm." : "ssm.") + use);
    }
  }

  private static boolean addsPower(String securityOption) {
    return !securityOption.startsWith("no-new-privileges");
  }

  private static void add(Set<String> names, boolean needed, String name) {
    if (needed) {
      names.add(name);
    }
  }
}

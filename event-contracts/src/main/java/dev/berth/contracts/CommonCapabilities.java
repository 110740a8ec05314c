package dev.berth.contracts;

import dev.berth.contracts.taskdef.ContainerCondition;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.LinuxParameters;
import dev.berth.contracts.taskdef.LogConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Attributes that definitions ask for in Amazon ECS and that every node has, because Berth does
 * what they stand for, does it itself (FireLens), or keeps the name of what it is about (roles,
 * which give no credentials here). They are shown; placement needn't look at them, and instances
 * needn't tell them. Their names are those of the ECS container agent's capabilities; which version
 * of Docker's API a feature asks for is as definitions registered in ECS show it, else by the
 * version history of Docker's API.
 */
final class CommonCapabilities {
  private static final String OF_AMAZON = "com.amazonaws.ecs.capability.";
  private static final String OF_ECS = "ecs.capability.";
  private static final String DOCKER_API = OF_AMAZON + "docker-remote-api.1.";
  private static final int OLDEST_DOCKER_API = 17;
  private static final int NEWEST_DOCKER_API = 44;
  private static final String LOCAL = "local";
  private static final Pattern ECR =
      Pattern.compile("[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/.+");

  private static final List<String> ALL =
      List.of(
          OF_AMAZON + "ecr-auth",
          OF_AMAZON + "task-iam-role",
          OF_AMAZON + "task-iam-role-network-host",
          OF_ECS + "container-health-check",
          OF_ECS + "container-ordering",
          OF_ECS + "container-restart-policy",
          OF_ECS + "docker-plugin." + LOCAL,
          OF_ECS + "execution-role-awslogs",
          OF_ECS + "execution-role-ecr-pull",
          OF_ECS + "firelens.fluentbit",
          OF_ECS + "firelens.fluentd",
          OF_ECS + "firelens.options.config.file",
          OF_ECS + "firelens.options.config.s3",
          OF_ECS + "network.container-port-range",
          OF_ECS + "pid-ipc-namespace-sharing",
          OF_ECS + "task-cpu-mem-limit");

  private static final Set<String> NAMES = Set.copyOf(names());

  private CommonCapabilities() {}

  /** All of them in alphabetical order. */
  static List<String> names() {
    List<String> names = new ArrayList<>(ALL);
    IntStream.rangeClosed(OLDEST_DOCKER_API, NEWEST_DOCKER_API)
        .mapToObj(version -> DOCKER_API + version)
        .forEach(names::add);
    return names.stream().sorted().toList();
  }

  static boolean contains(String name) {
    return NAMES.contains(name);
  }

  /** Those that a definition asks for. */
  static Set<String> of(TaskDefinition definition) {
    Set<String> names = new TreeSet<>();
    NetworkMode mode = definition.networkModeOrDefault();
    add(names, mode == NetworkMode.AWSVPC, DOCKER_API + 18);
    boolean role = isSet(definition.taskRoleArn());
    add(names, role, OF_AMAZON + "task-iam-role");
    add(names, role && mode == NetworkMode.HOST, OF_AMAZON + "task-iam-role-network-host");
    add(names, isSet(definition.pidMode()), OF_ECS + "pid-ipc-namespace-sharing", DOCKER_API + 17);
    add(names, isSet(definition.ipcMode()), OF_ECS + "pid-ipc-namespace-sharing", DOCKER_API + 17);
    for (Volume volume : definition.volumes()) {
      boolean local =
          volume.dockerVolumeConfiguration() != null
              && LOCAL.equals(volume.dockerVolumeConfiguration().driver());
      add(names, local, OF_ECS + "docker-plugin." + LOCAL);
    }
    boolean executionRole = isSet(definition.executionRoleArn());
    definition
        .containerDefinitions()
        .forEach(container -> ofContainer(names, container, executionRole));
    return names;
  }

  private static void ofContainer(
      Set<String> names, ContainerDefinition container, boolean executionRole) {
    boolean ecr = container.image() != null && ECR.matcher(container.image()).matches();
    add(names, ecr, OF_AMAZON + "ecr-auth");
    add(names, ecr && executionRole, OF_ECS + "execution-role-ecr-pull");
    add(names, container.healthCheck() != null, OF_ECS + "container-health-check", DOCKER_API + 29);
    boolean ordered = !container.dependsOn().isEmpty();
    add(names, ordered, OF_ECS + "container-ordering");
    add(
        names,
        container.dependsOn().stream().anyMatch(on -> on.condition() == ContainerCondition.HEALTHY),
        OF_ECS + "container-health-check");
    add(names, container.startTimeout() != null, OF_ECS + "container-ordering");
    add(names, container.stopTimeout() != null, OF_ECS + "container-ordering");
    add(
        names,
        container.restartPolicy() != null
            && Boolean.TRUE.equals(container.restartPolicy().enabled()),
        OF_ECS + "container-restart-policy");
    add(
        names,
        container.portMappings().stream().anyMatch(port -> isSet(port.containerPortRange())),
        OF_ECS + "network.container-port-range");
    if (container.firelensConfiguration() != null) {
      names.add(OF_ECS + "firelens." + container.firelensConfiguration().type());
      String config = container.firelensConfiguration().options().get("config-file-type");
      add(names, config != null, OF_ECS + "firelens.options.config." + config);
    }
    ofLog(names, container.logConfiguration(), executionRole);
    ofLinux(names, container.linuxParameters());
    add(names, !container.systemControls().isEmpty(), DOCKER_API + 24);
  }

  private static void ofLog(Set<String> names, LogConfiguration log, boolean executionRole) {
    if (log != null && log.logDriver() != null) {
      boolean aws = log.logDriver().equals("awslogs");
      names.add(DOCKER_API + 18);
      add(names, aws, DOCKER_API + 19);
      add(names, aws && executionRole, OF_ECS + "execution-role-awslogs");
    }
  }

  private static void ofLinux(Set<String> names, LinuxParameters linux) {
    if (linux != null) {
      add(names, Boolean.TRUE.equals(linux.initProcessEnabled()), DOCKER_API + 25);
      add(names, linux.sharedMemorySize() != null || !linux.tmpfs().isEmpty(), DOCKER_API + 22);
      add(names, linux.maxSwap() != null || linux.swappiness() != null, DOCKER_API + 20);
    }
  }

  private static boolean isSet(String text) {
    return text != null && !text.isEmpty();
  }

  private static void add(Set<String> names, boolean asked, String... added) {
    if (asked) {
      names.addAll(List.of(added));
    }
  }
}

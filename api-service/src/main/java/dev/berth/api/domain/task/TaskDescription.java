package dev.berth.api.domain.task;

import dev.berth.contracts.Arns;
import dev.berth.contracts.Capabilities;
import dev.berth.contracts.task.ContainerIds;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.NetworkInterface;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskOverride;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A task as the API shows it (ECS: Task): asked, decided and seen in one.
 *
 * @param version grows with each change that was seen
 */
public record TaskDescription(
    String taskArn,
    String clusterArn,
    String taskDefinitionArn,
    String containerInstanceArn,
    String group,
    String startedBy,
    String launchType,
    TaskLifecycle desiredStatus,
    TaskLifecycle lastStatus,
    HealthStatus healthStatus,
    List<Container> containers,
    List<TaskAttachment> attachments,
    TaskOverride overrides,
    String cpu,
    String memory,
    String capacityProviderName,
    String availabilityZone,
    String platformVersion,
    String platformFamily,
    String connectivity,
    Instant connectivityAt,
    boolean enableExecuteCommand,
    Protection protection,
    Long version,
    Instant createdAt,
    Instant pullStartedAt,
    Instant pullStoppedAt,
    Instant startedAt,
    Instant stoppingAt,
    Instant executionStoppedAt,
    Instant stoppedAt,
    StopCode stopCode,
    String stoppedReason,
    List<Attribute> attributes,
    List<Tag> tags) {
  /** ECS's for a task that nothing was seen of; those of nodes are higher. */
  private static final long FIRST_VERSION = 1;

  /** A container of the task (ECS: Container). */
  public record Container(
      String containerArn,
      String taskArn,
      String name,
      String image,
      String imageDigest,
      String runtimeId,
      TaskLifecycle lastStatus,
      Integer exitCode,
      String reason,
      HealthStatus healthStatus,
      List<NetworkBinding> networkBindings,
      List<NetworkInterface> networkInterfaces,
      String cpu,
      String memory,
      String memoryReservation) {}

  /** Protection from scale-in and deployments (ECS: ProtectedTask). */
  public record Protection(boolean protectionEnabled, Instant expirationDate) {}

  /** Merges the three parts of a task. */
  public static TaskDescription of(Task task, String clusterArn) {
    TaskDesired desired = task.desired();
    RunTaskSpec run = desired == null ? null : desired.run();
    TaskVerdict verdict = task.verdict();
    TaskStatus seen = task.seen();
    String taskArn = Arns.task(clusterArn, task.id());
    String instance =
        first(
            seen == null ? null : seen.containerInstanceId(),
            verdict == null ? null : verdict.containerInstanceId(),
            run == null ? null : run.containerInstance());
    Resources resources =
        verdict != null && verdict.resources() != null
            ? verdict.resources()
            : seen == null ? null : seen.resources();
    String launchType =
        first(
            verdict == null ? null : verdict.launchType(),
            run == null ? null : run.launchType(),
            run != null
                    && new StrategyRules.Capacity(null, run.capacityProviderStrategy()).isFargate()
                ? "FARGATE"
                : "EC2");
    boolean fargate = "FARGATE".equals(launchType);
    boolean stopping = task.desiredStatus() == TaskLifecycle.STOPPED;
    List<Container> containers = containers(task, run, taskArn, clusterArn);
    return new TaskDescription(
        taskArn,
        clusterArn,
        task.taskDefinitionArn(),
        instance == null ? null : Arns.containerInstance(clusterArn, instance),
        first(
            verdict == null ? null : verdict.group(),
            seen == null ? null : seen.group(),
            run == null ? null : run.group()),
        first(
            verdict == null ? null : verdict.startedBy(),
            seen == null ? null : seen.startedBy(),
            run == null ? null : run.startedBy()),
        launchType,
        task.desiredStatus(),
        task.lastStatus(),
        seen == null || seen.healthStatus() == null ? HealthStatus.UNKNOWN : seen.healthStatus(),
        containers,
        TaskAttachment.of(seen),
        overrides(run, containers),
        resources == null ? null : Integer.toString(resources.cpu()),
        resources == null ? null : Integer.toString(resources.memory()),
        verdict == null ? null : verdict.capacityProviderName(),
        zone(verdict),
        fargate ? FargateRules.NEWEST : null,
        fargate ? "Linux" : null,
        seen == null ? null : "CONNECTED",
        first(seen(seen, TaskStatus::pullStartedAt), seen(seen, TaskStatus::startedAt), null),
        run != null && run.enableExecuteCommand(),
        desired == null || desired.protection() == null
            ? null
            : new Protection(desired.protection().enabled(), desired.protection().expirationDate()),
        seen == null ? FIRST_VERSION : seen.version(),
        task.createdAt(),
        seen(seen, TaskStatus::pullStartedAt),
        seen(seen, TaskStatus::pullStoppedAt),
        seen(seen, TaskStatus::startedAt),
        seen(seen, TaskStatus::stoppingAt),
        seen(seen, TaskStatus::executionStoppedAt),
        first(seen(seen, TaskStatus::stoppedAt), task.stoppedAt(), null),
        stopping
            ? first(
                seen(seen, TaskStatus::stopCode),
                verdict == null
                    ? null
                    : verdict.stopCode() == null && gaveUp(verdict)
                        ? StopCode.TaskFailedToStart
                        : verdict.stopCode(),
                desired == null ? null : desired.stopCode())
            : null,
        stopping
            ? first(
                seen(seen, TaskStatus::stoppedReason),
                verdict == null
                    ? null
                    : verdict.stoppedReason() == null && gaveUp(verdict)
                        ? TaskFailure.of(task, clusterArn).detail()
                        : verdict.stoppedReason(),
                desired == null ? null : desired.stoppedReason())
            : null,
        verdict == null
            ? List.of()
            : verdict.attributes().stream().filter(one -> !isZone(one)).toList(),
        task.tags());
  }

  /** As ECS shows them: each container is named, whether or not anything of it is overridden. */
  private static TaskOverride overrides(RunTaskSpec run, List<Container> containers) {
    TaskOverride asked = run == null ? null : run.overrides();
    List<ContainerOverride> all =
        new ArrayList<>(asked == null ? List.of() : asked.containerOverrides());
    Set<String> named = all.stream().map(ContainerOverride::name).collect(Collectors.toSet());
    containers.stream()
        .map(Container::name)
        .filter(name -> !named.contains(name))
        .forEach(
            name -> all.add(new ContainerOverride(name, null, null, null, null, null, null, null)));
    return asked == null
        ? new TaskOverride(all, null, null, null, null, null)
        : new TaskOverride(
            all,
            asked.cpu(),
            asked.memory(),
            asked.executionRoleArn(),
            asked.taskRoleArn(),
            asked.ephemeralStorage());
  }

  private static List<Container> containers(
      Task task, RunTaskSpec run, String taskArn, String clusterArn) {
    if (task.seen() != null && !task.seen().containers().isEmpty()) {
      return task.seen().containers().stream()
          .map(container -> container(container, task, taskArn, clusterArn))
          .toList();
    }
    if (run == null || run.taskDefinition() == null) {
      return List.of();
    }
    return run.taskDefinition().containerDefinitions().stream()
        .map(definition -> unseen(definition, run.overrides(), task, taskArn, clusterArn))
        .toList();
  }

  private static Container container(
      ContainerState state, Task task, String taskArn, String clusterArn) {
    return new Container(
        state.containerId() == null
            ? null
            : Arns.container(clusterArn, task.id(), state.containerId()),
        taskArn,
        state.name(),
        state.image(),
        state.imageDigest(),
        state.runtimeId(),
        state.lastStatus(),
        state.exitCode(),
        state.reason(),
        state.healthStatus(),
        state.networkBindings(),
        state.networkInterfaces(),
        cpu(state.cpu()),
        state.memory(),
        state.memoryReservation());
  }

  /** As its node will tell of it: under the same ARN, with what is overridden. */
  private static Container unseen(
      ContainerDefinition definition,
      TaskOverride overrides,
      Task task,
      String taskArn,
      String clusterArn) {
    ContainerOverride override =
        overrides == null
            ? null
            : overrides.containerOverrides().stream()
                .filter(one -> definition.name().equals(one.name()))
                .findFirst()
                .orElse(null);
    return new Container(
        Arns.container(clusterArn, task.id(), ContainerIds.of(task.id(), definition.name())),
        taskArn,
        definition.name(),
        definition.image(),
        null,
        null,
        task.lastStatus() == TaskLifecycle.STOPPED ? TaskLifecycle.STOPPED : TaskLifecycle.PENDING,
        null,
        null,
        HealthStatus.UNKNOWN,
        List.of(),
        List.of(),
        cpu(text(override, ContainerOverride::cpu, definition.cpu())),
        text(override, ContainerOverride::memory, definition.memory()),
        text(override, ContainerOverride::memoryReservation, definition.memoryReservation()));
  }

  private static String text(
      ContainerOverride override, Function<ContainerOverride, Integer> member, Integer defined) {
    Integer value = override == null ? null : member.apply(override);
    return value != null ? value.toString() : defined == null ? null : defined.toString();
  }

  /** ECS: 0 where the definition says none. */
  private static String cpu(String asked) {
    return asked == null ? "0" : asked;
  }

  private static boolean gaveUp(TaskVerdict verdict) {
    return verdict.outcome() == VerdictOutcome.REFUSED;
  }

  private static String zone(TaskVerdict verdict) {
    return verdict == null
        ? null
        : verdict.attributes().stream()
            .filter(TaskDescription::isZone)
            .map(Attribute::value)
            .findFirst()
            .orElse(null);
  }

  /** It has a member of its own. */
  private static boolean isZone(Attribute attribute) {
    return attribute.name().equals(Capabilities.AVAILABILITY_ZONE);
  }

  private static <T> T seen(TaskStatus seen, Function<TaskStatus, T> member) {
    return seen == null ? null : member.apply(seen);
  }

  private static <T> T first(T first, T second, T third) {
    return first != null ? first : second != null ? second : third;
  }
}

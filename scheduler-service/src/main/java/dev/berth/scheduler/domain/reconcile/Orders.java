package dev.berth.scheduler.domain.reconcile;

import dev.berth.contracts.Arns;
import dev.berth.contracts.Capabilities;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.scheduler.domain.state.InstanceState;
import dev.berth.scheduler.domain.state.ServiceState;
import dev.berth.scheduler.domain.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the records about a task that decisions carry. */
final class Orders {
  private static final String FARGATE = "FARGATE";
  private static final Set<String> FARGATE_PROVIDERS = Set.of(FARGATE, "FARGATE_SPOT");
  private static final String DEFAULT_LAUNCH_TYPE = "EC2";

  private final Planning planning;

  Orders(Planning planning) {
    this.planning = planning;
  }

  /** The memory of a new task of a service. */
  TaskAssignment forService(
      ServiceDesired service,
      DeploymentDesired deployment,
      String instanceId,
      String capacityProvider,
      Resources needs) {
    return new TaskAssignment(
        planning.ids().nextTaskId(),
        service.cluster(),
        planning.nextVersion(),
        planning.state().epoch(),
        instanceId,
        deployment.taskDefinition().taskDefinitionArn(),
        service.serviceName(),
        service.serviceId(),
        deployment.id(),
        "service:" + service.serviceName(),
        deployment.id(),
        needs,
        TaskLifecycle.RUNNING,
        null,
        null,
        List.of(),
        planning.now(),
        null,
        deployment.launchType(),
        capacityProvider,
        planning.recoveringSince());
  }

  /** The memory of a one-off task; {@code instanceId} is null for one that isn't placed. */
  TaskAssignment forOneOff(
      TaskState task, String instanceId, String capacityProvider, Resources needs) {
    RunTaskSpec run = task.desired().run();
    boolean placed = instanceId != null;
    return new TaskAssignment(
        task.taskId(),
        planning.state().cluster(),
        planning.nextVersion(),
        planning.state().epoch(),
        instanceId,
        run.taskDefinition().taskDefinitionArn(),
        null,
        null,
        null,
        groupOf(run),
        run.startedBy(),
        needs,
        placed ? TaskLifecycle.RUNNING : TaskLifecycle.STOPPED,
        null,
        null,
        List.of(),
        run.createdAt(),
        null,
        run.launchType(),
        capacityProvider,
        planning.recoveringSince());
  }

  /** The memory of a task that its node told us of. */
  TaskAssignment adopted(TaskStatus status) {
    return new TaskAssignment(
        status.taskId(),
        status.cluster(),
        planning.nextVersion(),
        planning.state().epoch(),
        status.containerInstanceId(),
        status.taskDefinitionArn(),
        status.serviceName(),
        status.serviceId(),
        status.deploymentId(),
        status.group(),
        status.startedBy(),
        status.resources(),
        TaskLifecycle.RUNNING,
        null,
        null,
        List.of(),
        status.createdAt(),
        null,
        status.launchType(),
        status.capacityProviderName(),
        planning.recoveringSince());
  }

  /** The memory of a task that only api-service knows of, on the instance that it names. */
  TaskAssignment forgotten(TaskDesired task) {
    return new TaskAssignment(
        task.taskId(),
        task.cluster(),
        planning.nextVersion(),
        planning.state().epoch(),
        task.containerInstanceId(),
        null,
        null,
        null,
        null,
        null,
        null,
        new Resources(0, 0, List.of(), 0),
        TaskLifecycle.RUNNING,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        planning.recoveringSince());
  }

  /** The same memory with another wish. */
  TaskAssignment stopped(TaskAssignment known, StopCode code, String reason) {
    return changed(
        known,
        known.containerInstanceId(),
        TaskLifecycle.STOPPED,
        code,
        reason,
        known.targets(),
        known.stopRequestedAt() == null ? planning.now() : known.stopRequestedAt());
  }

  /** The same memory with other targets. */
  TaskAssignment withTargets(TaskAssignment known, List<String> targets) {
    return changed(
        known,
        known.containerInstanceId(),
        known.desiredStatus(),
        known.stopCode(),
        known.stoppedReason(),
        targets,
        known.stopRequestedAt());
  }

  /** What is kept of a one-off task that is over: only that it was decided. */
  TaskAssignment closed(TaskAssignment known, StopCode code, String reason) {
    return changed(
        known, null, TaskLifecycle.STOPPED, code, reason, List.of(), known.stopRequestedAt());
  }

  private TaskAssignment changed(
      TaskAssignment known,
      String instanceId,
      TaskLifecycle desiredStatus,
      StopCode code,
      String reason,
      List<String> targets,
      Instant stopRequestedAt) {
    return new TaskAssignment(
        known.taskId(),
        known.cluster(),
        planning.nextVersion(),
        planning.state().epoch(),
        instanceId,
        known.taskDefinitionArn(),
        known.serviceName(),
        known.serviceId(),
        known.deploymentId(),
        known.group(),
        known.startedBy(),
        known.resources(),
        desiredStatus,
        code,
        reason,
        targets,
        known.createdAt(),
        stopRequestedAt,
        known.launchType(),
        known.capacityProviderName(),
        planning.recoveringSince());
  }

  /** The order to the node that goes with a memory. */
  TaskAssigned order(TaskAssignment task) {
    RunTaskSpec run = runOf(task.taskId());
    ServiceState service = serviceOf(task);
    ServiceDesired desired = service == null ? null : service.desired();
    DeploymentDesired deployment = service == null ? null : service.deployment(task.deploymentId());
    String clusterArn = clusterArn(desired);
    return new TaskAssigned(
        task.taskId(),
        task.cluster(),
        task.containerInstanceId(),
        planning.nextVersion(),
        planning.state().epoch(),
        planning.state().installationId(),
        clusterArn == null ? null : Arns.task(clusterArn, task.taskId()),
        clusterArn,
        task.desiredStatus(),
        task.stopCode(),
        task.stoppedReason(),
        definitionOf(run, deployment),
        run == null ? null : run.overrides(),
        run != null
            ? run.networkConfiguration()
            : deployment == null ? null : deployment.networkConfiguration(),
        task.resources(),
        task.serviceName(),
        task.serviceId(),
        task.deploymentId(),
        task.group(),
        task.startedBy(),
        launchType(run, deployment, task.capacityProviderName()),
        run != null ? run.tags() : tagsOf(desired, deployment),
        run != null
            ? run.enableExecuteCommand()
            : desired != null && desired.enableExecuteCommand(),
        task.createdAt(),
        task.capacityProviderName(),
        run != null
            ? run.platformVersion()
            : deployment == null ? null : deployment.platformVersion(),
        service == null || task.deploymentId() == null
            ? List.of()
            : service.memory(task.deploymentId()).images());
  }

  private static List<Tag> tagsOf(ServiceDesired service, DeploymentDesired deployment) {
    if (deployment != null && deployment.serviceRevisionArn() != null) {
      return deployment.taskTags();
    }
    return service == null || !"SERVICE".equals(service.propagateTags())
        ? List.of()
        : service.tags();
  }

  /** The definition that the task runs by, or null when it isn't known any more. */
  TaskDefinition definitionOf(TaskAssignment task) {
    ServiceState service = serviceOf(task);
    return definitionOf(
        runOf(task.taskId()), service == null ? null : service.deployment(task.deploymentId()));
  }

  /** What the world is told of a task that has an instance. */
  TaskVerdict verdict(TaskAssignment task, VerdictOutcome outcome) {
    return verdict(task, outcome, 0, List.of(), false);
  }

  /** What the world is told of a one-off task that waits for room: it is wanted still. */
  TaskVerdict queued(TaskAssignment waiting, int considered, List<RefusalReason> reasons) {
    return verdict(
        changed(waiting, null, TaskLifecycle.RUNNING, null, null, List.of(), null),
        VerdictOutcome.QUEUED,
        considered,
        reasons,
        true);
  }

  /** What the world is told of a task. */
  TaskVerdict verdict(
      TaskAssignment task,
      VerdictOutcome outcome,
      int considered,
      List<RefusalReason> reasons,
      boolean canWaitHelp) {
    ServiceState service = serviceOf(task);
    DeploymentDesired deployment = service == null ? null : service.deployment(task.deploymentId());
    return new TaskVerdict(
        task.taskId(),
        task.cluster(),
        planning.nextVersion(),
        outcome,
        task.desiredStatus(),
        task.containerInstanceId(),
        task.serviceName(),
        task.deploymentId(),
        task.taskDefinitionArn(),
        task.group(),
        task.startedBy(),
        launchType(runOf(task.taskId()), deployment, task.capacityProviderName()),
        task.capacityProviderName(),
        task.resources(),
        task.stopCode(),
        task.stoppedReason(),
        considered,
        reasons,
        canWaitHelp,
        attributesOf(task.containerInstanceId()),
        task.createdAt(),
        planning.now(),
        schedulerStatus(task, service));
  }

  /** The scheduler's own part of a task's life: in and out of its target groups. */
  private static TaskLifecycle schedulerStatus(TaskAssignment task, ServiceState service) {
    if (task.desiredStatus() == TaskLifecycle.STOPPED) {
      return task.targets().isEmpty() ? null : TaskLifecycle.DEACTIVATING;
    }
    int groups =
        service == null || service.desired() == null
            ? 0
            : service.loadBalancers(task.deploymentId()).size();
    if (groups == 0) {
      return null;
    }
    return task.targets().size() < groups ? TaskLifecycle.ACTIVATING : TaskLifecycle.RUNNING;
  }

  /** The task group of a one-off task, {@code family:<family>} unless named. */
  static String groupOf(RunTaskSpec run) {
    return run.group() != null ? run.group() : "family:" + run.taskDefinition().family();
  }

  private String clusterArn(ServiceDesired service) {
    if (planning.state().desired() != null) {
      return planning.state().desired().clusterArn();
    }
    return service == null ? null : service.clusterArn();
  }

  private RunTaskSpec runOf(String taskId) {
    TaskState task = planning.state().task(taskId);
    return task == null || task.desired() == null ? null : task.desired().run();
  }

  private ServiceState serviceOf(TaskAssignment task) {
    return task.serviceName() == null ? null : planning.state().service(task.serviceName());
  }

  private static TaskDefinition definitionOf(RunTaskSpec run, DeploymentDesired deployment) {
    if (run != null) {
      return run.taskDefinition();
    }
    return deployment == null ? null : deployment.taskDefinition();
  }

  /** With a strategy, the provider says it. */
  private static String launchType(
      RunTaskSpec run, DeploymentDesired deployment, String capacityProvider) {
    String launchType =
        run != null ? run.launchType() : deployment == null ? null : deployment.launchType();
    if (launchType != null) {
      return launchType;
    }
    return FARGATE_PROVIDERS.contains(String.valueOf(capacityProvider))
        ? FARGATE
        : DEFAULT_LAUNCH_TYPE;
  }

  /** What a task shows of its instance: its architecture, and its zone. */
  private List<Attribute> attributesOf(String instanceId) {
    InstanceState instance = instanceId == null ? null : planning.state().instance(instanceId);
    return instance == null
        ? List.of()
        : Stream.of(Capabilities.AVAILABILITY_ZONE, Capabilities.CPU_ARCHITECTURE)
            .filter(instance.attributes()::containsKey)
            .map(name -> Attribute.of(name, instance.attributes().get(name)))
            .toList();
  }
}

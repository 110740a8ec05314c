package dev.berth.api.domain.fold;

import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.Rollback;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.ImagePull;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Records as the other services write them, for tests. */
public final class Records {
  public static final String INSTALLATION = "test-installation";
  public static final String CLUSTER = "default";
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  public static final String REVISION = "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1";
  public static final Resources SMALL = new Resources(256, 128, List.of(), 0);

  private Records() {}

  public static TaskVerdict placed(String taskId, long version, String instance, String service) {
    return verdict(
        taskId, version, VerdictOutcome.PLACED, TaskLifecycle.RUNNING, instance, service);
  }

  public static TaskVerdict refused(String taskId, long version) {
    return verdict(taskId, version, VerdictOutcome.REFUSED, TaskLifecycle.STOPPED, null, null);
  }

  public static TaskVerdict lost(String taskId, long version, String instance) {
    return verdict(taskId, version, VerdictOutcome.LOST, TaskLifecycle.STOPPED, instance, null);
  }

  public static TaskVerdict verdict(
      String taskId,
      long version,
      VerdictOutcome outcome,
      TaskLifecycle desired,
      String instance,
      String service) {
    boolean stopped = desired == TaskLifecycle.STOPPED;
    return new TaskVerdict(
        taskId,
        CLUSTER,
        version,
        outcome,
        desired,
        instance,
        service,
        service == null ? null : "ecs-svc/1",
        REVISION,
        service == null ? "family:web" : "service:" + service,
        null,
        "EC2",
        null,
        SMALL,
        stopped ? StopCode.ServiceSchedulerInitiated : null,
        stopped ? "stopped by the scheduler" : null,
        1,
        outcome == VerdictOutcome.REFUSED
            ? List.of(new RefusalReason("RESOURCE:MEMORY", "too little", 1))
            : List.of(),
        false,
        List.of(),
        NOON,
        NOON.plusSeconds(1),
        null);
  }

  /** The same verdict with the scheduler's own part of the life cycle. */
  public static TaskVerdict at(TaskVerdict verdict, long version, TaskLifecycle schedulerStatus) {
    return new TaskVerdict(
        verdict.taskId(),
        verdict.cluster(),
        version,
        verdict.outcome(),
        verdict.desiredStatus(),
        verdict.containerInstanceId(),
        verdict.serviceName(),
        verdict.deploymentId(),
        verdict.taskDefinitionArn(),
        verdict.group(),
        verdict.startedBy(),
        verdict.launchType(),
        verdict.capacityProviderName(),
        verdict.resources(),
        verdict.stopCode(),
        verdict.stoppedReason(),
        verdict.instancesConsidered(),
        verdict.reasons(),
        verdict.canWaitHelp(),
        verdict.attributes(),
        verdict.createdAt(),
        verdict.decidedAt(),
        schedulerStatus);
  }

  public static TaskStatus status(String taskId, long version, TaskLifecycle last) {
    return status(taskId, version, last, null, null, INSTALLATION);
  }

  public static TaskStatus status(
      String taskId,
      long version,
      TaskLifecycle last,
      String service,
      String serviceId,
      String installation) {
    return status(taskId, version, last, service, serviceId, installation, null);
  }

  /** With how far the pull of its image has come. */
  static TaskStatus status(
      String taskId,
      long version,
      TaskLifecycle last,
      String service,
      String serviceId,
      String installation,
      ImagePull pull) {
    boolean stopped = last == TaskLifecycle.STOPPED;
    ContainerState container =
        new ContainerState(
            "c-1",
            "app",
            "web:1",
            null,
            "docker-1",
            last,
            stopped ? 3 : null,
            null,
            HealthStatus.UNKNOWN,
            List.of(),
            List.of(),
            "256",
            "128",
            null,
            pull);
    return new TaskStatus(
        taskId,
        CLUSTER,
        "instance-1",
        version,
        installation,
        last,
        HealthStatus.UNKNOWN,
        List.of(container),
        REVISION,
        service,
        serviceId,
        service == null ? null : "ecs-svc/1",
        service == null ? "family:web" : "service:" + service,
        null,
        SMALL,
        "127.0.0.1",
        stopped ? StopCode.EssentialContainerExited : null,
        stopped ? "Essential container in task exited" : null,
        NOON,
        null,
        null,
        NOON.plusSeconds(2),
        null,
        null,
        stopped ? NOON.plusSeconds(9) : null,
        null,
        null);
  }

  public static ServiceStatus serviceStatus(
      String serviceId, long version, long observed, int running, String... deployments) {
    return serviceStatus(
        serviceId, version, observed, running, ServiceStatusName.ACTIVE, deployments);
  }

  public static ServiceStatus serviceStatus(
      String serviceId,
      long version,
      long observed,
      int running,
      ServiceStatusName status,
      String... deployments) {
    return new ServiceStatus(
        CLUSTER,
        "web",
        serviceId,
        version,
        observed,
        status,
        running,
        running,
        0,
        true,
        Arrays.stream(deployments).map(id -> deployment(id, running)).toList(),
        NOON,
        null,
        List.of());
  }

  /** The same status of a service that went back from one deployment to another. */
  public static ServiceStatus rolledBack(
      ServiceStatus status, String from, String to, String reason) {
    return new ServiceStatus(
        status.cluster(),
        status.serviceName(),
        status.serviceId(),
        status.version(),
        status.observedVersion(),
        status.status(),
        status.desiredCount(),
        status.runningCount(),
        status.pendingCount(),
        status.steady(),
        status.deployments(),
        status.updatedAt(),
        new Rollback(from, to, reason, NOON),
        status.taskSets());
  }

  private static DeploymentState deployment(String id, int running) {
    return new DeploymentState(
        id,
        DeploymentStatus.PRIMARY,
        REVISION,
        running,
        0,
        running,
        0,
        RolloutState.COMPLETED,
        "ECS deployment " + id + " completed.",
        NOON,
        NOON,
        null,
        List.of(),
        null,
        null,
        null);
  }

  public static ServiceDesired service(
      String serviceId, long version, ServiceStatusName status, String... deployments) {
    return new ServiceDesired(
        CLUSTER,
        "web",
        serviceId,
        version,
        INSTALLATION,
        "arn:aws:ecs:us-east-1:000000000000:service/default/web",
        "arn:aws:ecs:us-east-1:000000000000:cluster/default",
        status,
        SchedulingStrategy.REPLICA,
        2,
        null,
        Arrays.stream(deployments)
            .map(
                id ->
                    new DeploymentDesired(
                        id,
                        id.equals(deployments[0])
                            ? DeploymentStatus.PRIMARY
                            : DeploymentStatus.ACTIVE,
                        null,
                        null,
                        "EC2",
                        NOON,
                        NOON,
                        null,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        null,
                        List.of()))
            .toList(),
        List.of(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        false,
        NOON,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null);
  }

  public static ServiceEvent serviceEvent(String id, String serviceId) {
    return new ServiceEvent(
        id,
        CLUSTER,
        "web",
        serviceId,
        "INFO",
        "SERVICE_STEADY_STATE",
        "(service web) has reached a steady state.",
        "ecs-svc/1",
        NOON,
        List.of());
  }

  public static ContainerInstanceStatus instance(String id, String cluster, long version) {
    return instance(id, cluster, version, NOON);
  }

  public static ContainerInstanceStatus instance(
      String id, String cluster, long version, Instant startedAt) {
    return new ContainerInstanceStatus(
        id,
        cluster,
        version,
        INSTALLATION,
        "node-1",
        "zone-a",
        "127.0.0.1",
        "http://127.0.0.1:8082",
        new Resources(2048, 4096, List.of(), 0),
        List.of(),
        "1.0.0",
        "20.10",
        true,
        false,
        List.of(),
        "log-1",
        NOON,
        startedAt,
        null,
        List.of());
  }
}

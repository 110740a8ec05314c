package dev.berth.api.domain.taskdefinition;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Capabilities;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes revisions of a checked request, and ends them. */
public final class TaskDefinitionRevision {
  private TaskDefinitionRevision() {}

  /** A new revision; {@code request} has passed {@link TaskDefinitionRules}. */
  public static RegisteredTaskDefinition of(
      TaskDefinitionRequest request,
      int revision,
      String registeredBy,
      Identity identity,
      Instant now) {
    List<String> compatibilities = new ArrayList<>(List.of("EXTERNAL", "EC2"));
    if (request.networkMode() == NetworkMode.AWSVPC) {
      compatibilities.remove("EXTERNAL");
    }
    if (FargateRules.check(request).isEmpty()) {
      compatibilities.add("FARGATE");
    }
    TaskDefinition plain =
        new TaskDefinition(
            Arns.taskDefinition(
                identity.region(), identity.accountId(), request.family(), revision),
            request.family(),
            revision,
            TaskDefinitionStatus.ACTIVE,
            request.taskRoleArn(),
            request.executionRoleArn(),
            request.networkMode() == null ? NetworkMode.BRIDGE : request.networkMode(),
            request.containerDefinitions(),
            request.volumes(),
            request.placementConstraints(),
            request.requiresCompatibilities(),
            compatibilities,
            List.of(),
            request.cpu() == null
                ? null
                : Integer.toString(Amounts.cpuUnits(request.cpu()).orElseThrow()),
            request.memory() == null
                ? null
                : Integer.toString(Amounts.mebibytes(request.memory()).orElseThrow()),
            request.inferenceAccelerators(),
            request.pidMode(),
            request.ipcMode(),
            request.proxyConfiguration(),
            request.ephemeralStorage(),
            request.runtimePlatform(),
            request.enableFaultInjection(),
            now,
            null,
            null,
            registeredBy);
    return new RegisteredTaskDefinition(
        with(plain, TaskDefinitionStatus.ACTIVE, null, null, Capabilities.shownOf(plain)),
        request.tags());
  }

  /** The revision after its deregistration: no new task or service may name it. */
  public static RegisteredTaskDefinition deregistered(
      RegisteredTaskDefinition revision, Instant now) {
    return new RegisteredTaskDefinition(
        with(
            revision.definition(),
            TaskDefinitionStatus.INACTIVE,
            now,
            null,
            revision.definition().requiresAttributes()),
        revision.tags());
  }

  /** The revision on its way out: what runs goes on, and it is deleted when nothing needs it. */
  public static RegisteredTaskDefinition deleting(RegisteredTaskDefinition revision, Instant now) {
    return new RegisteredTaskDefinition(
        with(
            revision.definition(),
            TaskDefinitionStatus.DELETE_IN_PROGRESS,
            revision.definition().deregisteredAt(),
            now,
            revision.definition().requiresAttributes()),
        revision.tags());
  }

  private static TaskDefinition with(
      TaskDefinition from,
      TaskDefinitionStatus status,
      Instant deregisteredAt,
      Instant deleteRequestedAt,
      List<dev.berth.contracts.taskdef.Attribute> requiresAttributes) {
    return new TaskDefinition(
        from.taskDefinitionArn(),
        from.family(),
        from.revision(),
        status,
        from.taskRoleArn(),
        from.executionRoleArn(),
        from.networkMode(),
        from.containerDefinitions(),
        from.volumes(),
        from.placementConstraints(),
        from.requiresCompatibilities(),
        from.compatibilities(),
        requiresAttributes,
        from.cpu(),
        from.memory(),
        from.inferenceAccelerators(),
        from.pidMode(),
        from.ipcMode(),
        from.proxyConfiguration(),
        from.ephemeralStorage(),
        from.runtimePlatform(),
        from.enableFaultInjection(),
        from.registeredAt(),
        deregisteredAt,
        deleteRequestedAt,
        from.registeredBy());
  }
}

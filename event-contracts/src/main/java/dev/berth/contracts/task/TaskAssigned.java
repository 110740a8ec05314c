package dev.berth.contracts.task;

import dev.berth.contracts.Versioned;
import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskOverride;
import java.time.Instant;
import java.util.List;

/**
 * Everything a node needs to run a task, resolved. Written by the scheduler to {@code
 * berth.task.assigned.v1}, partitioned by container instance. A node creates containers only for
 * RUNNING; STOPPED is the only thing that makes it stop them. {@code containerImages} fix the image
 * digest of the containers they name; a container not named is resolved by the node, which reports
 * the digest in task.status.
 */
public record TaskAssigned(
    String taskId,
    String cluster,
    String containerInstanceId,
    long version,
    long epoch,
    String installationId,
    String taskArn,
    String clusterArn,
    TaskLifecycle desiredStatus,
    StopCode stopCode,
    String stoppedReason,
    TaskDefinition taskDefinition,
    TaskOverride overrides,
    NetworkConfiguration networkConfiguration,
    Resources resources,
    String serviceName,
    String serviceId,
    String deploymentId,
    String group,
    String startedBy,
    String launchType,
    List<Tag> tags,
    boolean enableExecuteCommand,
    Instant createdAt,
    String capacityProviderName,
    String platformVersion,
    List<ContainerImage> containerImages)
    implements Versioned {
  public TaskAssigned {
    tags = tags == null ? List.of() : List.copyOf(tags);
    containerImages = containerImages == null ? List.of() : List.copyOf(containerImages);
  }
}

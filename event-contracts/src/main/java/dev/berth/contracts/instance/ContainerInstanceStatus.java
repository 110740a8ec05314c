package dev.berth.contracts.instance;

import dev.berth.contracts.Versioned;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Instant;
import java.util.List;

/**
 * A container instance as it describes itself. Written by its node to {@code
 * berth.container-instance.status.v1} at each start and whenever something changes. {@code tasks}
 * are the ids of all tasks it has containers of (its inventory): once each of them was seen in
 * {@code task.status}, the instance is accounted for. {@code logId} names the log (Kafka cluster
 * and topic ids) that the inventory was reported into. {@code logsUrl} is where api-service reads
 * logs from; {@code hostAddress} is where others reach its published ports. {@code stopping} is
 * true in the last record of a node that is shut down on purpose. {@code ec2InstanceId} is the
 * machine's own id, absent where it has none (then {@code name} stands for it); {@code gpuIds} are
 * its GPUs, as many as {@code registeredResources} counts.
 */
public record ContainerInstanceStatus(
    String containerInstanceId,
    String cluster,
    long version,
    String installationId,
    String name,
    String availabilityZone,
    String hostAddress,
    String logsUrl,
    Resources registeredResources,
    List<Attribute> attributes,
    String agentVersion,
    String dockerVersion,
    boolean dockerConnected,
    boolean stopping,
    List<String> tasks,
    String logId,
    Instant registeredAt,
    Instant startedAt,
    String ec2InstanceId,
    List<String> gpuIds)
    implements Versioned {
  public ContainerInstanceStatus {
    attributes = attributes == null ? List.of() : List.copyOf(attributes);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    gpuIds = gpuIds == null ? List.of() : List.copyOf(gpuIds);
  }
}

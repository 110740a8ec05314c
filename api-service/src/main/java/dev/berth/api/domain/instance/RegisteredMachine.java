package dev.berth.api.domain.instance;

import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.taskdef.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a machine's identity document says of it, in the words of EC2's; each member may be null.
 *
 * @param privateIp where others reach its published ports
 */
public record RegisteredMachine(
    String instanceId, String availabilityZone, String instanceType, String privateIp) {
  private static final String INSTANCE_TYPE = "ecs.instance-type";

  /** A machine that has no document. */
  public static final RegisteredMachine UNKNOWN = new RegisteredMachine(null, null, null, null);

  /**
   * A new container instance, wanted ACTIVE, whose node hasn't spoken yet.
   *
   * @param id of the new instance
   * @param version of what is wanted of it
   */
  public ContainerInstance registered(
      InstanceRegistration request,
      String id,
      String cluster,
      String installationId,
      long version,
      Instant now) {
    ContainerInstanceDesired desired =
        new ContainerInstanceDesired(
            id,
            cluster,
            version,
            installationId,
            InstanceStatusName.ACTIVE,
            false,
            request.usersAttributes().stream()
                .map(one -> Attribute.of(one.name(), one.value()))
                .toList(),
            List.of());
    return new ContainerInstance(
        desired, seen(request, desired, now), null, null, null, now, null, request.tags());
  }

  /**
   * A known container instance registered again: wanted ACTIVE, with the attributes and tags given
   * added to those it had. What its node said of it stays, if it has said anything.
   *
   * @throws ProblemException if its users' attributes would be too many
   */
  public ContainerInstance registeredAgain(
      ContainerInstance known, InstanceRegistration request, long version, Instant now) {
    ContainerInstance changed =
        InstanceChanges.attributesPut(
            InstanceChanges.status(known, InstanceStatusName.ACTIVE, false, version),
            request.usersAttributes(),
            version);
    if (changed.desired().attributes().size() > InstanceChanges.MOST_ATTRIBUTES) {
      throw ProblemException.invalid(
          "attributes", "would be more than 10 of its users, with those that the instance has");
    }
    return new ContainerInstance(
        changed.desired(),
        known.hasNode() ? known.seen() : seen(request, changed.desired(), known.registeredAt()),
        known.heartbeatAt(),
        known.heartbeatIntervalMillis(),
        known.dockerConnected(),
        known.deregisteredAt() == null ? known.registeredAt() : now,
        null,
        request.tags() == null ? known.tags() : request.tags());
  }

  private ContainerInstanceStatus seen(
      InstanceRegistration request, ContainerInstanceDesired desired, Instant registeredAt) {
    return new ContainerInstanceStatus(
        desired.containerInstanceId(),
        desired.cluster(),
        ContainerInstance.BEFORE_ITS_NODE,
        desired.installationId(),
        instanceId == null ? desired.containerInstanceId() : instanceId,
        availabilityZone,
        privateIp,
        null,
        request.resources(),
        attributes(request),
        request.versionInfo() == null ? null : request.versionInfo().agentVersion(),
        request.versionInfo() == null ? null : request.versionInfo().dockerVersion(),
        false,
        false,
        List.of(),
        null,
        registeredAt,
        null,
        instanceId,
        request.gpuIds());
  }

  private List<Attribute> attributes(InstanceRegistration request) {
    List<Attribute> all = new ArrayList<>(request.machinesAttributes());
    if (instanceType != null && all.stream().noneMatch(one -> one.name().equals(INSTANCE_TYPE))) {
      all.add(Attribute.of(INSTANCE_TYPE, instanceType));
    }
    return all;
  }
}

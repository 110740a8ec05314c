package dev.berth.api.domain.instance;

import dev.berth.api.domain.capacity.CapacityProviders;
import dev.berth.contracts.Arns;
import dev.berth.contracts.Capabilities;
import dev.berth.contracts.cluster.CapacityProvider;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.contracts.taskdef.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container instance as the API shows it (ECS: ContainerInstance).
 *
 * @param ec2InstanceId the machine's own id, else the node's name
 * @param name the node's own name, which ECS doesn't have
 * @param capacityProviderName the first capacity provider whose group of machines it belongs to
 * @param agentConnected whether it was heard of within three of its heartbeats, and half a minute
 */
public record ContainerInstanceDescription(
    String containerInstanceArn,
    String ec2InstanceId,
    String name,
    String capacityProviderName,
    String availabilityZone,
    String hostAddress,
    InstanceStatusName status,
    boolean agentConnected,
    VersionInfo versionInfo,
    List<Resource> registeredResources,
    List<Resource> remainingResources,
    int runningTasksCount,
    int pendingTasksCount,
    List<Attribute> attributes,
    InstanceHealth healthStatus,
    Long version,
    List<Tag> tags,
    Instant registeredAt) {

  /** Versions of what runs there (ECS: VersionInfo). */
  public record VersionInfo(String agentVersion, String dockerVersion) {}

  /** An amount (ECS: Resource); {@code PORTS} and {@code PORTS_UDP} list the ports taken. */
  public record Resource(
      String name, String type, Integer integerValue, List<String> stringSetValue) {
    static Resource integer(String name, int value) {
      return new Resource(name, "INTEGER", value, null);
    }
  }

  /** What the instance's live tasks take together. */
  public record Taken(
      int running, int pending, int cpu, int memory, int gpus, List<HostPort> ports) {
    /** Nothing runs there. */
    public static final Taken NOTHING = new Taken(0, 0, 0, 0, 0, List.of());
  }

  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

  /** Merges what is wanted, what the node said and what its tasks take. */
  public static ContainerInstanceDescription of(
      ContainerInstance instance,
      Taken taken,
      Collection<CapacityProvider> providers,
      String clusterArn,
      Instant now) {
    ContainerInstanceStatus seen = instance.seen();
    Resources registered = seen == null ? null : seen.registeredResources();
    return new ContainerInstanceDescription(
        Arns.containerInstance(clusterArn, instance.desired().containerInstanceId()),
        seen == null ? null : seen.ec2InstanceId() == null ? seen.name() : seen.ec2InstanceId(),
        seen == null ? null : seen.name(),
        provider(instance, providers),
        seen == null ? null : seen.availabilityZone(),
        seen == null ? null : seen.hostAddress(),
        instance.desired().status(),
        isConnected(instance, now),
        seen == null ? null : new VersionInfo(seen.agentVersion(), seen.dockerVersion()),
        registered == null
            ? List.of()
            : resources(registered, registered.hostPorts(), seen.gpuIds()),
        registered == null ? List.of() : remaining(registered, taken, seen.gpuIds()),
        taken.running(),
        taken.pending(),
        attributes(instance),
        InstanceHealth.of(instance),
        seen == null ? null : seen.version(),
        instance.tags(),
        instance.registeredAt());
  }

  /** What every node has, the node's own attributes, and those that users gave it, which win. */
  public static List<Attribute> attributes(ContainerInstance instance) {
    Map<String, Attribute> merged = new LinkedHashMap<>();
    if (instance.hasNode()) {
      Capabilities.ofEveryNode().forEach(attribute -> merged.put(attribute.name(), attribute));
    }
    if (instance.seen() != null) {
      if (instance.seen().availabilityZone() != null) {
        merged.put(
            Capabilities.AVAILABILITY_ZONE,
            Attribute.of(Capabilities.AVAILABILITY_ZONE, instance.seen().availabilityZone()));
      }
      instance.seen().attributes().forEach(attribute -> merged.put(attribute.name(), attribute));
    }
    instance.desired().attributes().forEach(attribute -> merged.put(attribute.name(), attribute));
    return List.copyOf(merged.values());
  }

  private static boolean isConnected(ContainerInstance instance, Instant now) {
    if (instance.heartbeatAt() == null
        || Boolean.FALSE.equals(instance.dockerConnected())
        || (instance.seen() != null && instance.seen().stopping())) {
      return false;
    }
    Duration patience =
        instance.heartbeatIntervalMillis() == null
            ? LEAST_PATIENCE
            : Duration.ofMillis(instance.heartbeatIntervalMillis()).multipliedBy(3);
    if (patience.compareTo(LEAST_PATIENCE) < 0) {
      patience = LEAST_PATIENCE;
    }
    return instance.heartbeatAt().plus(patience).isAfter(now);
  }

  private static String provider(
      ContainerInstance instance, Collection<CapacityProvider> providers) {
    return CapacityProviders.servedBy(attributes(instance), providers).stream()
        .filter(name -> !name.startsWith("FARGATE"))
        .findFirst()
        .orElse(null);
  }

  private static List<Resource> remaining(Resources registered, Taken taken, List<String> gpuIds) {
    List<HostPort> ports = new ArrayList<>(registered.hostPorts());
    ports.addAll(taken.ports());
    return resources(
        new Resources(
            registered.cpu() - taken.cpu(),
            registered.memory() - taken.memory(),
            List.of(),
            registered.gpus()),
        ports,
        gpuIds.subList(0, Math.max(0, gpuIds.size() - taken.gpus())));
  }

  private static List<Resource> resources(
      Resources resources, List<HostPort> ports, List<String> gpuIds) {
    List<Resource> all = new ArrayList<>();
    Collections.addAll(
        all,
        Resource.integer("CPU", resources.cpu()),
        Resource.integer("MEMORY", resources.memory()),
        new Resource("PORTS", "STRINGSET", null, ports(ports, Protocol.TCP)),
        new Resource("PORTS_UDP", "STRINGSET", null, ports(ports, Protocol.UDP)));
    if (resources.gpus() > 0) {
      all.add(new Resource("GPU", "STRINGSET", null, gpuIds));
    }
    return List.copyOf(all);
  }

  private static List<String> ports(List<HostPort> ports, Protocol protocol) {
    return ports.stream()
        .filter(port -> port.protocol() == protocol)
        .map(port -> Integer.toString(port.port()))
        .distinct()
        .toList();
  }
}

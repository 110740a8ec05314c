package dev.berth.api.domain.instance;

import dev.berth.api.domain.instance.ContainerInstanceDescription.Resource;
import dev.berth.api.domain.instance.ContainerInstanceDescription.VersionInfo;
import dev.berth.api.domain.problem.Tags;
import dev.berth.api.domain.problem.Violations;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.contracts.taskdef.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A machine that is registered before its node speaks (ECS: RegisterContainerInstance, whose page
 * in the API Reference has the members).
 *
 * @param containerInstanceArn of an instance that is known already, which is registered again; null
 *     for a new one
 * @param instanceIdentityDocument the machine's own words of itself, in EC2's JSON; may be null
 * @param instanceIdentityDocumentSignature goes with it; nobody here could check Amazon's signature
 * @param totalResources CPU (units, 1024 a core), MEMORY (MiB), PORTS, PORTS_UDP and GPU
 * @param attributes the machine's own (ecs. and com.amazonaws.) and up to ten of its users
 */
public record InstanceRegistration(
    String containerInstanceArn,
    String instanceIdentityDocument,
    String instanceIdentityDocumentSignature,
    List<Resource> totalResources,
    VersionInfo versionInfo,
    List<Attribute> attributes,
    List<PlatformDevice> platformDevices,
    List<Tag> tags) {
  private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
  private static final int HIGHEST_PORT = 65_535;
  private static final Set<String> AMOUNTS = Set.of("CPU", "MEMORY");
  private static final Set<String> PORTS = Set.of("PORTS", "PORTS_UDP");
  private static final String GPU = "GPU";

  /** A device of the machine (ECS: PlatformDevice); {@code type} is GPU. */
  public record PlatformDevice(String id, String type) {}

  public InstanceRegistration {
    totalResources = totalResources == null ? List.of() : List.copyOf(totalResources);
    attributes = attributes == null ? List.of() : List.copyOf(attributes);
    platformDevices = platformDevices == null ? List.of() : List.copyOf(platformDevices);
  }

  /** What is wrong with it. */
  public Violations check() {
    Violations violations = new Violations();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < totalResources.size(); i++) {
      check(totalResources.get(i), "totalResources[" + i + "]", names, violations);
    }
    for (int i = 0; i < platformDevices.size(); i++) {
      PlatformDevice device = platformDevices.get(i);
      String at = "platformDevices[" + i + "]";
      violations.present(at + ".id", device.id());
      if (violations.present(at + ".type", device.type())) {
        violations.oneOf(at + ".type", device.type(), Set.of(GPU));
      }
    }
    if (!usersAttributes().isEmpty()) {
      InstanceChanges.check(usersAttributes())
          .errors()
          .forEach(error -> violations.add("attributes" + error.field(), error.message()));
    }
    Tags.check("tags", tags, violations);
    return violations;
  }

  private static void check(
      Resource resource, String at, Set<String> names, Violations violations) {
    if (!violations.present(at + ".name", resource.name())) {
      return;
    }
    violations.require(names.add(resource.name()), at + ".name", "stands there twice");
    if (AMOUNTS.contains(resource.name())) {
      if (violations.present(at + ".integerValue", resource.integerValue())) {
        violations.atLeast(at + ".integerValue", resource.integerValue(), 0);
      }
    } else if (PORTS.contains(resource.name())) {
      violations.require(
          texts(resource).stream().allMatch(InstanceRegistration::isPort),
          at + ".stringSetValue",
          "must be ports, 0 to 65535");
    } else {
      violations.oneOf(
          at + ".name", resource.name(), Set.of("CPU", "MEMORY", "PORTS", "PORTS_UDP", GPU));
    }
  }

  /** The attributes that only the machine itself may have. */
  public List<Attribute> machinesAttributes() {
    return attributes.stream()
        .filter(attribute -> isMachines(attribute.name()))
        .map(attribute -> Attribute.of(attribute.name(), attribute.value()))
        .toList();
  }

  /** The attributes that its users gave it. */
  public List<Attribute> usersAttributes() {
    return attributes.stream().filter(attribute -> !isMachines(attribute.name())).toList();
  }

  /** What it offers; a machine that says nothing of it offers nothing. */
  public Resources resources() {
    List<HostPort> ports = new ArrayList<>(ports("PORTS", Protocol.TCP));
    ports.addAll(ports("PORTS_UDP", Protocol.UDP));
    return new Resources(amount("CPU"), amount("MEMORY"), ports, gpuIds().size());
  }

  /** The ids of its GPUs, from its devices or else its resources. */
  public List<String> gpuIds() {
    return platformDevices.isEmpty()
        ? named(GPU)
        : platformDevices.stream().map(PlatformDevice::id).toList();
  }

  private List<HostPort> ports(String name, Protocol protocol) {
    return named(name).stream()
        .map(port -> new HostPort(Integer.parseInt(port), protocol))
        .toList();
  }

  private int amount(String name) {
    return totalResources.stream()
        .filter(resource -> name.equals(resource.name()))
        .mapToInt(Resource::integerValue)
        .findFirst()
        .orElse(0);
  }

  private List<String> named(String name) {
    return totalResources.stream()
        .filter(resource -> name.equals(resource.name()))
        .flatMap(resource -> texts(resource).stream())
        .toList();
  }

  private static List<String> texts(Resource resource) {
    return resource.stringSetValue() == null ? List.of() : resource.stringSetValue();
  }

  private static boolean isPort(String text) {
    return PORT.matcher(text).matches() && Integer.parseInt(text) <= HIGHEST_PORT;
  }

  private static boolean isMachines(String name) {
    return name != null && (name.startsWith("ecs.") || name.startsWith("com.amazonaws."));
  }
}

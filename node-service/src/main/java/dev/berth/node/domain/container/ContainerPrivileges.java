package dev.berth.node.domain.container;

import dev.berth.contracts.taskdef.Device;
import java.util.List;
import java.util.Map;

/**
 * What a container may do beyond, or short of, the engine's default.
 *
 * @param pidMode {@code host}, {@code container:<id>} or {@code null}
 * @param ipcMode {@code host}, {@code none}, {@code container:<id>}, {@code shareable} or {@code
 *     null}
 * @param init whether the engine's init process runs as PID 1 and reaps
 * @param sysctls kernel parameters of the container's own namespaces
 */
public record ContainerPrivileges(
    boolean privileged,
    boolean readOnlyRoot,
    boolean init,
    List<String> addedCapabilities,
    List<String> droppedCapabilities,
    List<Device> devices,
    List<String> securityOptions,
    Map<String, String> sysctls,
    String pidMode,
    String ipcMode) {
  public ContainerPrivileges {
    addedCapabilities = List.copyOf(addedCapabilities);
    droppedCapabilities = List.copyOf(droppedCapabilities);
    devices = List.copyOf(devices);
    securityOptions = List.copyOf(securityOptions);
    sysctls = Map.copyOf(sysctls);
  }

  /** The engine's defaults. */
  public static ContainerPrivileges none() {
    return new ContainerPrivileges(
        false, false, false, List.of(), List.of(), List.of(), List.of(), Map.of(), null, null);
  }
}

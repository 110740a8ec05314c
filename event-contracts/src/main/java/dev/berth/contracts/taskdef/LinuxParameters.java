package dev.berth.contracts.taskdef;

import java.util.List;

/**
 * Linux settings of a container (ECS: LinuxParameters). {@code sharedMemorySize} and {@code
 * maxSwap} are in MiB, {@code swappiness} is 0 to 100.
 */
public record LinuxParameters(
    KernelCapabilities capabilities,
    List<Device> devices,
    Boolean initProcessEnabled,
    Integer sharedMemorySize,
    List<Tmpfs> tmpfs,
    Integer maxSwap,
    Integer swappiness) {
  public LinuxParameters {
    devices = Lists.of(devices);
    tmpfs = Lists.of(tmpfs);
  }
}

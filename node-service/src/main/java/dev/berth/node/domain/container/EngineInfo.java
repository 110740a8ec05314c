package dev.berth.node.domain.container;

import java.util.List;

/**
 * The engine and its machine.
 *
 * @param architecture as the kernel names it ({@code x86_64}, {@code aarch64})
 * @param cpus number of logical processors
 * @param memory bytes
 * @param logDrivers names of the log drivers that it has
 * @param swapLimit whether the kernel can limit swap
 */
public record EngineInfo(
    String version,
    String apiVersion,
    String architecture,
    String operatingSystem,
    int cpus,
    long memory,
    List<String> logDrivers,
    List<String> securityOptions,
    boolean swapLimit) {
  public EngineInfo {
    logDrivers = List.copyOf(logDrivers);
    securityOptions = List.copyOf(securityOptions);
  }
}

package dev.berth.contracts.task;

import java.util.List;

/**
 * What a task takes of its container instance: CPU units, MiB of memory, host ports fixed in its
 * definition, and GPUs by count.
 */
public record Resources(int cpu, int memory, List<HostPort> hostPorts, int gpus) {
  public Resources {
    hostPorts = hostPorts == null ? List.of() : List.copyOf(hostPorts);
  }
}

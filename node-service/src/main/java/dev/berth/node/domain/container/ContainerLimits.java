package dev.berth.node.domain.container;

import dev.berth.contracts.taskdef.Ulimit;
import java.util.List;

/**
 * What a container may take of its host. Memory is in bytes, {@code null} means no limit.
 *
 * @param cpuShares relative weight, 2 and up (1024 are one core's worth)
 * @param nanoCpus hard limit in billionths of a core
 * @param memorySwap memory and swap together, as Docker counts them
 * @param swappiness 0 to 100
 * @param gpus how many GPUs it has for itself; which ones is found when it is created
 */
public record ContainerLimits(
    int cpuShares,
    Long nanoCpus,
    Long memory,
    Long memoryReservation,
    Long memorySwap,
    Long swappiness,
    Long shmSize,
    List<Ulimit> ulimits,
    int gpus) {
  public ContainerLimits {
    ulimits = List.copyOf(ulimits);
  }
}

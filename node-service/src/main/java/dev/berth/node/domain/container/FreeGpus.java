package dev.berth.node.domain.container;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which GPUs a new container gets (ECS: "Amazon ECS task definitions for GPU workloads"). */
public final class FreeGpus {
  private FreeGpus() {}

  /**
   * The first free ones, in the machine's order. No GPU is shared: what a container has that hasn't
   * ended is told by its {@link BerthLabels#GPU_IDS label}, also after a restart of the node.
   *
   * @param machine the ids of all GPUs
   * @param living the labels of the containers that haven't ended
   * @param count how many are needed
   * @throws IllegalStateException if so many aren't free; the message says how many are
   */
  public static List<String> choose(
      List<String> machine, Collection<Map<String, String>> living, int count) {
    List<String> free = new ArrayList<>(machine);
    for (Map<String, String> labels : living) {
      free.removeAll(List.of(labels.getOrDefault(BerthLabels.GPU_IDS, "").split(",")));
    }
    if (free.size() < count) {
      throw new IllegalStateException(
          "%d GPUs are needed, %d of %d are free".formatted(count, free.size(), machine.size()));
    }
    return List.copyOf(free.subList(0, count));
  }
}

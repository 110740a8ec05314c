package dev.berth.node.application;

import java.util.List;

/**
 * What the node knows of its machine beyond what the engine tells.
 *
 * @param ec2InstanceId its id at its provider, or null where it has none
 * @param gpuIds the ids of its GPUs that tasks may have
 */
public record Machine(String ec2InstanceId, List<String> gpuIds) {
  public Machine {
    gpuIds = List.copyOf(gpuIds);
  }
}

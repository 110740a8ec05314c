package dev.berth.contracts.task;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The ids of a task's containers, the last part of their ARNs. */
public final class ContainerIds {
  private ContainerIds() {}

  /**
   * ECS's form, a UUID. The same for the same container whoever tells it, so that it is known
   * before a node has the task.
   */
  public static String of(String taskId, String containerName) {
    return UUID.nameUUIDFromBytes((taskId + "/" + containerName).getBytes(StandardCharsets.UTF_8))
        .toString();
  }
}

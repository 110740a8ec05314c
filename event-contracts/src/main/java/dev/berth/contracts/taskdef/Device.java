package dev.berth.contracts.taskdef;

import java.util.List;

/** A host device given to a container (ECS: Device); permissions are read, write and mknod. */
public record Device(String hostPath, String containerPath, List<String> permissions) {
  public Device {
    permissions = Lists.of(permissions);
  }
}

package dev.berth.contracts.taskdef;

import java.util.List;

/** A tmpfs mount (ECS: Tmpfs); {@code size} in MiB. */
public record Tmpfs(String containerPath, Integer size, List<String> mountOptions) {
  public Tmpfs {
    mountOptions = Lists.of(mountOptions);
  }
}

package dev.berth.node.domain.container;

import dev.berth.contracts.taskdef.Tmpfs;
import java.util.List;

/**
 * What is mounted into a container.
 *
 * @param volumesFrom {@code container[:ro]}, all mounts of another container
 */
public record ContainerStorage(List<Mount> mounts, List<Tmpfs> tmpfs, List<String> volumesFrom) {
  public ContainerStorage {
    mounts = List.copyOf(mounts);
    tmpfs = List.copyOf(tmpfs);
    volumesFrom = List.copyOf(volumesFrom);
  }

  /** Nothing but the image's own files. */
  public static ContainerStorage none() {
    return new ContainerStorage(List.of(), List.of(), List.of());
  }

  /**
   * One mount.
   *
   * @param source an absolute path of the host, or the name of a volume
   * @param containerPath an absolute path in the container
   */
  public record Mount(String source, String containerPath, boolean readOnly) {}
}

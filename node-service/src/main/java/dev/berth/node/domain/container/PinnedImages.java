package dev.berth.node.domain.container;

import dev.berth.contracts.service.ContainerImage;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.taskdef.ContainerDefinition;
import java.util.Optional;

/**
 * The images that a deployment has fixed for its tasks ({@code versionConsistency}): a tag that was
 * moved meanwhile changes nothing for them, and where the image is already here no registry is
 * asked.
 */
public final class PinnedImages {
  private PinnedImages() {}

  /**
   * What to ask the engine for instead of the tag, such as {@code registry.example/app@sha256:...};
   * empty where nothing is fixed or the definition itself names a digest.
   */
  public static Optional<String> of(TaskAssigned task, ContainerDefinition container) {
    if (container.image() == null || container.image().contains("@")) {
      return Optional.empty();
    }
    return task.containerImages().stream()
        .filter(pin -> container.name().equals(pin.containerName()))
        // Another image under the same name is another revision's.
        .filter(pin -> container.image().equals(pin.image()))
        .map(ContainerImage::imageDigest)
        .filter(digest -> digest != null && digest.startsWith("sha256:"))
        .map(digest -> repository(container.image()) + "@" + digest)
        .findFirst();
  }

  private static String repository(String image) {
    int tag = image.lastIndexOf(':');
    return tag > image.lastIndexOf('/') ? image.substring(0, tag) : image;
  }
}

package dev.berth.node.domain.container;

/**
 * An image that a container needs.
 *
 * @param image as the task definition names it
 * @param credentials {@code null} for the node's own credentials of that registry
 */
public record ImageRequest(
    String image, ImagePullBehavior pullBehavior, RegistryCredentials credentials) {}

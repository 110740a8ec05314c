package dev.berth.node.domain.container;

/**
 * An image that a container needs.
 *
 * @param image as the task definition names it
 * @param credentialsParameter the name or ARN of the registry's credentials, or {@code null} for
 *     the node's own login
 */
public record ImageRequest(
    String image, ImagePullBehavior pullBehavior, String credentialsParameter) {}

package dev.berth.node.domain.container;

/**
 * An image that the machine has.
 *
 * @param digest the registry's digest ({@code sha256:...}), or {@code null} for an image that never
 *     came from a registry
 * @param pulled whether it was pulled just now
 */
public record ImageState(String imageId, String digest, boolean pulled) {}

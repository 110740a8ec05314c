package dev.berth.contracts.service;

/**
 * Which image a container's tag stood for when the deployment's first task resolved it (ECS:
 * ContainerImage). {@code imageDigest} looks like {@code sha256:..}.
 */
public record ContainerImage(String containerName, String image, String imageDigest) {}

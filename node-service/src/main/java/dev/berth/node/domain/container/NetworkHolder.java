package dev.berth.node.domain.container;

/**
 * A running network holder. Address and MAC are absent when it has no network of its own.
 *
 * @param containerId the engine's id
 */
public record NetworkHolder(String containerId, String ipv4Address, String macAddress) {}

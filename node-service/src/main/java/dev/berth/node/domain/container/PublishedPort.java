package dev.berth.node.domain.container;

import dev.berth.contracts.taskdef.Protocol;

/**
 * A container's port on the host. {@code hostPort} 0 lets the engine choose a free one.
 *
 * @param containerPort 1 to 65535
 * @param hostPort 0 to 65535
 */
public record PublishedPort(int containerPort, int hostPort, Protocol protocol) {}

package dev.berth.contracts.task;

import dev.berth.contracts.taskdef.Protocol;

/** A container's port as it is reached from outside (ECS: NetworkBinding). */
public record NetworkBinding(
    String bindIP, Integer containerPort, Integer hostPort, Protocol protocol) {}

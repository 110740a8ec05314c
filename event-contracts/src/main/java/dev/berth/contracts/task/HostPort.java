package dev.berth.contracts.task;

import dev.berth.contracts.taskdef.Protocol;

/** A port of a container instance that one task holds. */
public record HostPort(int port, Protocol protocol) {}

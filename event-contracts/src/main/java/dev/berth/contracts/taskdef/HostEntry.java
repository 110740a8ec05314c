package dev.berth.contracts.taskdef;

/** A line for {@code /etc/hosts} (ECS: HostEntry). */
public record HostEntry(String hostname, String ipAddress) {}

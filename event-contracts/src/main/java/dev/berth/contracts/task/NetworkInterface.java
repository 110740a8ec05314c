package dev.berth.contracts.task;

/** The address of an awsvpc task (ECS: NetworkInterface). */
public record NetworkInterface(String attachmentId, String privateIpv4Address, String macAddress) {}

package dev.berth.contracts.taskdef;

/** A kernel parameter of the container's namespaces (ECS: SystemControl). */
public record SystemControl(String namespace, String value) {}

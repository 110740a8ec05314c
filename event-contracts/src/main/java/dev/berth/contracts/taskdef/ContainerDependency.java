package dev.berth.contracts.taskdef;

/** A container that must reach a condition first (ECS: ContainerDependency). */
public record ContainerDependency(String containerName, ContainerCondition condition) {}

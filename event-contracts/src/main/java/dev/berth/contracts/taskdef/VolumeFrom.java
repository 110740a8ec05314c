package dev.berth.contracts.taskdef;

/** All mounts of another container of the task (ECS: VolumeFrom). */
public record VolumeFrom(String sourceContainer, Boolean readOnly) {}

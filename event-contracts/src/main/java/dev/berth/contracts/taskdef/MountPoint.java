package dev.berth.contracts.taskdef;

/** Where a volume of the task appears in a container (ECS: MountPoint). */
public record MountPoint(String sourceVolume, String containerPath, Boolean readOnly) {}

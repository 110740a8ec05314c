package dev.berth.contracts.taskdef;

/** A folder of the host; without a path Docker chooses one that lives as long as the task. */
public record HostVolumeProperties(String sourcePath) {}

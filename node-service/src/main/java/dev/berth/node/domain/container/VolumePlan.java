package dev.berth.node.domain.container;

/**
 * What to do about one volume before the containers of a task are created.
 *
 * @param mustExist a shared volume that isn't made on demand: without it the task can't start
 * @param removeWithTask whether it goes when the task's containers are removed
 */
public record VolumePlan(VolumeSpec volume, boolean mustExist, boolean removeWithTask) {}

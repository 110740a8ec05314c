package dev.berth.contracts.taskdef;

/** Scratch space of a task (ECS: EphemeralStorage), 21 to 200 GiB. */
public record EphemeralStorage(Integer sizeInGiB) {}

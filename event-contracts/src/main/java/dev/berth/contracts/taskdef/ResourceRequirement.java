package dev.berth.contracts.taskdef;

/** A GPU or inference accelerator count (ECS: ResourceRequirement). */
public record ResourceRequirement(String value, String type) {}

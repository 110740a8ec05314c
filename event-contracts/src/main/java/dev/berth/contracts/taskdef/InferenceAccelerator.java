package dev.berth.contracts.taskdef;

/** An Elastic Inference accelerator (ECS: InferenceAccelerator). */
public record InferenceAccelerator(String deviceName, String deviceType) {}

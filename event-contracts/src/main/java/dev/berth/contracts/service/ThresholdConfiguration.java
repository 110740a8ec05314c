package dev.berth.contracts.service;

/**
 * After how many failed tasks a deployment has failed (ECS: ThresholdConfiguration). {@code type}
 * is {@code BOUNDED_PERCENT} (of the desired count, between 3 and 200), {@code UNBOUNDED_PERCENT}
 * or {@code COUNT}. Absent means BOUNDED_PERCENT of 50.
 */
public record ThresholdConfiguration(String type, Integer value) {}

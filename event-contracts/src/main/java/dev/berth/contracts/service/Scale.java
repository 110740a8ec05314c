package dev.berth.contracts.service;

/** A task set's share of the desired count (ECS: Scale): 0 to 100 {@code PERCENT}. */
public record Scale(Double value, String unit) {}

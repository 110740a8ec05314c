package dev.berth.contracts.cluster;

/** A capacity provider's share of tasks (ECS: CapacityProviderStrategyItem). */
public record CapacityProviderStrategyItem(String capacityProvider, Integer weight, Integer base) {}

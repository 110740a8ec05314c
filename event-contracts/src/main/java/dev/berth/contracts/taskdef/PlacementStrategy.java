package dev.berth.contracts.taskdef;

/** In which order instances are tried (ECS: PlacementStrategy): random, spread or binpack. */
public record PlacementStrategy(String type, String field) {}

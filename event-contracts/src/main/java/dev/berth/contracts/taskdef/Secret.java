package dev.berth.contracts.taskdef;

/** An environment variable whose value is kept in a store (ECS: Secret). */
public record Secret(String name, String valueFrom) {}

package dev.berth.contracts.taskdef;

/** A file of environment variables (ECS: EnvironmentFile). */
public record EnvironmentFile(String value, String type) {}

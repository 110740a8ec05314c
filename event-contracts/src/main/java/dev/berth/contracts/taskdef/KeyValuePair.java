package dev.berth.contracts.taskdef;

/** A name with its value, such as an environment variable (ECS: KeyValuePair). */
public record KeyValuePair(String name, String value) {}

package dev.berth.contracts.taskdef;

/** A resource limit of a container (ECS: Ulimit), named as in {@code setrlimit(2)}. */
public record Ulimit(String name, Integer softLimit, Integer hardLimit) {}

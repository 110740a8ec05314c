package dev.berth.contracts.taskdef;

/** CPU architecture and operating system of a task (ECS: RuntimePlatform). */
public record RuntimePlatform(String cpuArchitecture, String operatingSystemFamily) {}

package dev.berth.contracts.cluster;

/** A cluster setting such as containerInsights (ECS: ClusterSetting). */
public record Setting(String name, String value) {}

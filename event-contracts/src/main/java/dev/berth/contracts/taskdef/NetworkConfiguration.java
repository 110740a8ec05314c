package dev.berth.contracts.taskdef;

/** The network of awsvpc tasks (ECS: NetworkConfiguration). */
public record NetworkConfiguration(AwsVpcConfiguration awsvpcConfiguration) {}

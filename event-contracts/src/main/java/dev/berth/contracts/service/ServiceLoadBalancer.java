package dev.berth.contracts.service;

/** A container port of a service that a target group sends requests to (ECS: LoadBalancer). */
public record ServiceLoadBalancer(
    String targetGroupArn, String loadBalancerName, String containerName, Integer containerPort) {}
